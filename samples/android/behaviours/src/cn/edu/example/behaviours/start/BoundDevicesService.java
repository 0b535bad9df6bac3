package cn.edu.example.behaviours.start;

import android.app.Service;
import android.bluetooth.BluetoothAdapter;
import android.content.Intent;
import android.os.IBinder;
import cn.edu.example.behaviours.Plan;

/** A service of the app itself that lists paired devices when it is created. */
public final class BoundDevicesService extends Service {
    @Override
    public void onCreate() {
        super.onCreate();
        Plan.once(this, "service-bonded", BoundDevicesService::listBonded);
    }

    private static void listBonded() {
        BluetoothAdapter adapter = BluetoothAdapter.getDefaultAdapter();
        if (adapter != null) {
            adapter.getBondedDevices();
        }
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
