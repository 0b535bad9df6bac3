package cn.example.reach.screens;

import android.app.Activity;
import android.os.Bundle;
import cn.example.reach.Reads;

/** Started by a button only. */
public final class TappedActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Reads.tappedActivity(this);
    }
}
