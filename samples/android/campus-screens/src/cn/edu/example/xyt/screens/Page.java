package cn.edu.example.xyt.screens;

import android.app.Activity;
import android.os.Bundle;
import android.view.View;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.ScrollView;
import android.widget.TextView;

/** A screen that is a title over a column of texts and buttons. */
public abstract class Page extends Activity {
    private LinearLayout column;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        column = new LinearLayout(this);
        column.setOrientation(LinearLayout.VERTICAL);
        int gap = (int) (16 * getResources().getDisplayMetrics().density);
        column.setPadding(gap, gap, gap, gap);
        ScrollView scroll = new ScrollView(this);
        scroll.addView(column);
        setContentView(scroll);
        fill();
    }

    /** Adds the texts and buttons of this screen. */
    protected abstract void fill();

    protected final void heading(String text) {
        TextView view = new TextView(this);
        view.setText(text);
        view.setTextSize(22);
        column.addView(view);
    }

    protected final TextView text(String text) {
        TextView view = new TextView(this);
        view.setText(text);
        view.setTextSize(15);
        column.addView(view);
        return view;
    }

    protected final Button button(String text, View.OnClickListener listener) {
        Button view = new Button(this);
        view.setText(text);
        view.setOnClickListener(listener);
        column.addView(view);
        return view;
    }
}
