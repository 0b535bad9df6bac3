package com.amap.api.location;

import android.content.Context;
import android.location.Location;
import android.location.LocationManager;

/** Stand-in: reads the last place. */
public final class AMapLocationClient {
    private final Context context;
    private Location last;

    public AMapLocationClient(Context context) {
        this.context = context;
    }

    public void startLocation() {
        LocationManager manager =
            (LocationManager) context.getSystemService(Context.LOCATION_SERVICE);
        try {
            last = manager.getLastKnownLocation(LocationManager.GPS_PROVIDER);
        } catch (SecurityException denied) {
            last = null;
        }
    }

    public Location getLastKnownLocation() {
        return last;
    }
}
