package cn.edu.example.xyt.collect;

import android.content.Context;
import android.location.Location;
import android.location.LocationListener;
import android.location.LocationManager;
import android.os.Bundle;

/** Reads the place of the device. */
public final class LocationProbe implements LocationListener {
    public static void readLast(Context context) {
        try {
            Location place = manager(context).getLastKnownLocation(LocationManager.GPS_PROVIDER);
            Reporter.send("location", String.valueOf(place));
        } catch (SecurityException denied) {
            Reporter.send("location", "denied");
        }
    }

    public static void subscribe(Context context) {
        try {
            manager(context).requestLocationUpdates(
                LocationManager.NETWORK_PROVIDER, 5000L, 10f, new LocationProbe());
        } catch (SecurityException denied) {
            Reporter.send("location", "denied");
        }
    }

    private static LocationManager manager(Context context) {
        return (LocationManager) context.getSystemService(Context.LOCATION_SERVICE);
    }

    @Override
    public void onLocationChanged(Location place) {
        Reporter.send("location", place.toString());
    }

    @Override
    public void onStatusChanged(String provider, int status, Bundle extras) {}

    @Override
    public void onProviderEnabled(String provider) {}

    @Override
    public void onProviderDisabled(String provider) {}
}
