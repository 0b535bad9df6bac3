package cn.edu.example.xyt.collect;

import android.content.Context;
import android.database.Cursor;
import android.provider.ContactsContract;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;

/** Runs on a thread of its own: contacts and the MAC address. */
public final class ContactCollector implements Runnable {
    private final Context context;

    public ContactCollector(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        queryContacts();
        readMac();
    }

    private void queryContacts() {
        try {
            Cursor cursor = context.getContentResolver().query(
                ContactsContract.Contacts.CONTENT_URI, null, null, null, null);
            if (cursor != null) {
                Reporter.send("contacts", String.valueOf(cursor.getCount()));
                cursor.close();
            }
        } catch (SecurityException denied) {
            Reporter.send("contacts", "denied");
        }
    }

    private void readMac() {
        try {
            for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                byte[] address = card.getHardwareAddress();
                if (address != null && address.length == 6) {
                    Reporter.send("mac", android.util.Base64.encodeToString(address, 2));
                    return;
                }
            }
        } catch (SocketException unavailable) {
            Reporter.send("mac", "none");
        }
    }
}
