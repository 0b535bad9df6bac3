package cn.example.reach.start;

import android.app.Activity;
import android.app.Application;
import android.content.Context;
import android.database.ContentObserver;
import android.hardware.Sensor;
import android.hardware.SensorEvent;
import android.hardware.SensorEventListener;
import android.hardware.SensorManager;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.provider.Settings;
import cn.example.reach.Reads;

/** The system calls back, without the user. */
public final class CallbackCases {
    private CallbackCases() {}

    public static void startAll(Application application) {
        application.registerActivityLifecycleCallbacks(new Watch());
        SensorManager sensors =
            (SensorManager) application.getSystemService(Context.SENSOR_SERVICE);
        sensors.registerListener(
            new Shake(application), sensors.getDefaultSensor(Sensor.TYPE_ACCELEROMETER), 3);
        application.getContentResolver().registerContentObserver(
            Settings.System.CONTENT_URI, true, new Change(application));
        Thread.setDefaultUncaughtExceptionHandler(
            (thread, error) -> Reads.uncaughtExceptionHandler(application));
    }

    private static final class Watch implements Application.ActivityLifecycleCallbacks {
        @Override
        public void onActivityCreated(Activity activity, Bundle state) {
            Reads.activityLifecycleCallback(activity);
        }

        @Override
        public void onActivityStarted(Activity activity) {}

        @Override
        public void onActivityResumed(Activity activity) {}

        @Override
        public void onActivityPaused(Activity activity) {}

        @Override
        public void onActivityStopped(Activity activity) {}

        @Override
        public void onActivitySaveInstanceState(Activity activity, Bundle state) {}

        @Override
        public void onActivityDestroyed(Activity activity) {}
    }

    private static final class Shake implements SensorEventListener {
        private final Context context;

        Shake(Context context) {
            this.context = context;
        }

        @Override
        public void onSensorChanged(SensorEvent event) {
            Reads.sensorChanged(context);
        }

        @Override
        public void onAccuracyChanged(Sensor sensor, int accuracy) {}
    }

    private static final class Change extends ContentObserver {
        private final Context context;

        Change(Context context) {
            super(new Handler(Looper.getMainLooper()));
            this.context = context;
        }

        @Override
        public void onChange(boolean self) {
            Reads.contentObserver(context);
        }
    }
}
