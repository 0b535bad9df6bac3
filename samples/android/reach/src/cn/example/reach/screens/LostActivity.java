package cn.example.reach.screens;

import android.app.Activity;
import android.os.Bundle;
import cn.example.reach.Reads;

/** Declared, not exported, and nobody starts it. */
public final class LostActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Reads.lostActivity(this);
    }
}
