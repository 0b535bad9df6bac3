package cn.edu.example.behaviours.start;

import android.accounts.AccountManager;
import android.content.ContentProviderClient;
import android.content.Context;
import android.database.Cursor;
import android.net.Uri;
import android.provider.CallLog;
import android.provider.ContactsContract;
import android.provider.MediaStore;
import cn.edu.example.behaviours.Plan;

/** Content providers of the system, and one of the app's own. */
public final class People {
    private People() {}

    public static void readAll(Context context) {
        Plan.once(context, "contacts-denied", () -> queryContacts(context));
        Plan.once(context, "call-log-client", () -> queryCallLog(context));
        Plan.once(context, "calendar-text", () -> queryCalendar(context));
        Plan.once(context, "images", () -> queryImages(context));
        Plan.once(context, "accounts", () -> AccountManager.get(context).getAccounts());
        Plan.once(context, "own-provider", () -> queryOwn(context));
    }

    private static void queryContacts(Context context) {
        close(context.getContentResolver().query(
            ContactsContract.CommonDataKinds.Phone.CONTENT_URI, null, null, null, null));
    }

    private static void queryCallLog(Context context) throws Exception {
        ContentProviderClient client =
            context.getContentResolver().acquireContentProviderClient(CallLog.CONTENT_URI);
        if (client != null) {
            close(client.query(CallLog.Calls.CONTENT_URI, null, null, null, null));
            client.release();
        }
    }

    private static void queryCalendar(Context context) {
        Uri events = Uri.parse("content://com.android.calendar/events");
        close(context.getContentResolver().query(events, null, null, null, null));
    }

    private static void queryImages(Context context) {
        close(context.getContentResolver().query(
            MediaStore.Images.Media.EXTERNAL_CONTENT_URI, null, null, null, null));
    }

    public static void querySms(Context context) {
        Uri inbox = Uri.withAppendedPath(Uri.parse("content://sms"), "inbox");
        close(context.getContentResolver().query(inbox, null, null, null, null));
    }

    private static void queryOwn(Context context) {
        close(context.getContentResolver().query(EarlyProvider.OWN, null, null, null, null));
    }

    private static void close(Cursor cursor) {
        if (cursor != null) {
            cursor.close();
        }
    }
}
