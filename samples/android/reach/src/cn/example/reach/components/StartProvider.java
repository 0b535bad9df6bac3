package cn.example.reach.components;

import android.content.Context;
import android.content.pm.ProviderInfo;
import android.database.Cursor;
import android.net.Uri;
import cn.example.reach.Reads;

/** The system makes it before Application.onCreate. */
public final class StartProvider extends EmptyProvider {
    @Override
    public void attachInfo(Context context, ProviderInfo info) {
        super.attachInfo(context, info);
        Reads.providerAttachInfo(context);
    }

    @Override
    public boolean onCreate() {
        Reads.providerOnCreate(getContext());
        return true;
    }

    @Override
    public Cursor query(Uri uri, String[] columns, String where, String[] values, String order) {
        Reads.providerQuery(getContext());
        return null;
    }
}
