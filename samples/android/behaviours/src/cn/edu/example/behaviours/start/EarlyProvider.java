package cn.edu.example.behaviours.start;

import android.content.ContentProvider;
import android.content.ContentValues;
import android.content.Context;
import android.content.pm.ProviderInfo;
import android.database.Cursor;
import android.database.MatrixCursor;
import android.net.Uri;
import android.provider.Settings;
import cn.edu.example.behaviours.Plan;

/** Reads before Application.onCreate; its own rows are asked by the app itself. */
public final class EarlyProvider extends ContentProvider {
    static final Uri OWN = Uri.parse("content://cn.edu.example.behaviours.early/rows");

    @Override
    public void attachInfo(Context context, ProviderInfo info) {
        super.attachInfo(context, info);
        Plan.once(context, "attach-info-packages", this::listPackages);
    }

    @Override
    public boolean onCreate() {
        Plan.once(getContext(), "provider-android-id", this::readAndroidId);
        return true;
    }

    private void listPackages() {
        getContext().getPackageManager().getInstalledPackages(0);
    }

    private void readAndroidId() {
        Settings.Secure.getString(getContext().getContentResolver(), Settings.Secure.ANDROID_ID);
    }

    @Override
    public Cursor query(Uri uri, String[] columns, String where, String[] values, String order) {
        return new MatrixCursor(new String[] {"row"});
    }

    @Override
    public String getType(Uri uri) {
        return null;
    }

    @Override
    public Uri insert(Uri uri, ContentValues values) {
        return null;
    }

    @Override
    public int delete(Uri uri, String where, String[] values) {
        return 0;
    }

    @Override
    public int update(Uri uri, ContentValues content, String where, String[] values) {
        return 0;
    }
}
