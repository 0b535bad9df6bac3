package appadmit.driver;

import android.content.ContentProvider;
import android.content.ContentValues;
import android.database.Cursor;
import android.database.MatrixCursor;
import android.net.Uri;
import org.robolectric.shadows.ShadowContentResolver;

/** The platform's content: contacts, calls, messages, calendar; one seeded row each. */
final class Contents extends ContentProvider {
    private static final String[] AUTHORITIES = {
        "com.android.contacts", "contacts", "icc", "call_log", "sms", "mms", "mms-sms", "com.android.calendar",
        "telephony", "browser",
    };
    private final String value;

    private Contents(String value) {
        this.value = value;
    }

    static void register(Seeds seeds) {
        for (String authority : AUTHORITIES) {
            ShadowContentResolver.registerProviderInternal(authority, new Contents(seeds.text("contact")));
        }
    }

    @Override
    public Cursor query(Uri uri, String[] projection, String selection, String[] arguments, String order) {
        String[] columns = projection == null || projection.length == 0
                ? new String[] {"_id", "display_name", "data1", "number", "address", "body", "title"} : projection;
        MatrixCursor cursor = new MatrixCursor(columns);
        Object[] row = new Object[columns.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = columns[i].equals("_id") ? "1" : value;
        }
        cursor.addRow(row);
        return cursor;
    }

    @Override
    public boolean onCreate() {
        return true;
    }

    @Override
    public String getType(Uri uri) {
        return null;
    }

    @Override
    public Uri insert(Uri uri, ContentValues values) {
        return uri;
    }

    @Override
    public int delete(Uri uri, String selection, String[] arguments) {
        return 0;
    }

    @Override
    public int update(Uri uri, ContentValues values, String selection, String[] arguments) {
        return 0;
    }
}
