package b.a.a.d;

import android.bluetooth.BluetoothAdapter;
import android.content.Context;

/** An SDK whose names were shortened: nobody knows whose it is. */
public final class a {
    private final Context a;

    public a(Context context) {
        a = context;
    }

    /** Reads the address of the Bluetooth adapter. */
    public String a() {
        BluetoothAdapter adapter = BluetoothAdapter.getDefaultAdapter();
        return a == null || adapter == null ? "" : adapter.getAddress();
    }
}
