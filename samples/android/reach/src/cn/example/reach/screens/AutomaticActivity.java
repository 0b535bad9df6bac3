package cn.example.reach.screens;

import android.app.Activity;
import android.os.Bundle;
import cn.example.reach.Reads;

/** Started by StartActivity after a second, without the user. */
public final class AutomaticActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Reads.automaticActivity(this);
    }
}
