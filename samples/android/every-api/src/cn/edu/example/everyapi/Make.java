package cn.edu.example.everyapi;

import android.app.Activity;
import android.hardware.Sensor;
import android.util.Log;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** Makes the object a call needs, and runs one call whatever comes of it. */
final class Make {
    private Make() {}

    /** One call of the table. */
    interface Firing {
        void fire() throws Throwable;
    }

    static void run(String name, Firing firing) {
        try {
            firing.fire();
        } catch (Throwable answer) {
            Log.i("everyapi", name + " " + answer.getClass().getName());
        }
    }

    /** A system service where there is one of this very class, else a bare object of the class. */
    static Object object(Activity screen, String declared, String carrier) throws Exception {
        Class<?> type = Class.forName(declared);
        Object service = type.isInstance(screen.getPackageManager())
            ? screen.getPackageManager()
            : type.isInstance(screen.getContentResolver()) ? screen.getContentResolver()
            : screen.getSystemService(type);
        return service != null ? service : bare(carrier);
    }

    /** An object whose constructor did not run. */
    static Object bare(String name) throws Exception {
        Class<?> unsafe = Class.forName("sun.misc.Unsafe");
        Field field = unsafe.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        Method allocate = unsafe.getMethod("allocateInstance", Class.class);
        return allocate.invoke(field.get(null), Class.forName(name));
    }

    static Sensor sensor(int type) throws Exception {
        Sensor sensor = (Sensor) bare("android.hardware.Sensor");
        Field field = Sensor.class.getDeclaredField("mType");
        field.setAccessible(true);
        field.setInt(sensor, type);
        return sensor;
    }
}
