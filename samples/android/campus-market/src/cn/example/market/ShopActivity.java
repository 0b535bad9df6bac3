package cn.example.market;

import android.app.Activity;
import android.os.Bundle;
import android.widget.TextView;

/** A shop that has nothing to do with the campus app that carries it. */
public final class ShopActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        TextView view = new TextView(this);
        view.setText("校园好物：今日特价");
        setContentView(view);
    }
}
