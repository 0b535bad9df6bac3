package com.baidu.location;

import android.content.Context;
import android.location.Location;
import android.location.LocationManager;

/** Stand-in: reads the last place. */
public final class LocationClient {
    private final Context context;
    private Location last;

    public LocationClient(Context context) {
        this.context = context;
    }

    public void start() {
        LocationManager manager =
            (LocationManager) context.getSystemService(Context.LOCATION_SERVICE);
        try {
            last = manager.getLastKnownLocation(LocationManager.NETWORK_PROVIDER);
        } catch (SecurityException denied) {
            last = null;
        }
    }

    public boolean isStarted() {
        return last != null;
    }
}
