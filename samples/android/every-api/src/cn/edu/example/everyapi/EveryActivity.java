package cn.edu.example.everyapi;

import android.app.Activity;
import android.os.Bundle;
import android.widget.TextView;

/** Fires every row of the API table once, in the order of expected.tsv. */
public final class EveryActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        TextView words = new TextView(this);
        words.setText("EveryApi");
        setContentView(words);
        Everything.fire(this);
        words.setText("EveryApi: done");
    }
}
