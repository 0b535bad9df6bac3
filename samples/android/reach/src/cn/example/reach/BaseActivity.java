package cn.example.reach;

import android.app.Activity;
import android.os.Bundle;

/** The parent of the first screen. */
abstract class BaseActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Reads.parentActivityOnCreate(this);
        arrange();
    }

    protected abstract void arrange();
}
