package cn.example.reach.tap;

import android.content.Context;
import android.text.Editable;
import android.text.TextWatcher;
import cn.example.reach.Reads;

/** Runs when the user types. */
public final class NameWatcher implements TextWatcher {
    private final Context context;

    public NameWatcher(Context context) {
        this.context = context;
    }

    @Override
    public void beforeTextChanged(CharSequence text, int start, int count, int after) {}

    @Override
    public void onTextChanged(CharSequence text, int start, int before, int count) {}

    @Override
    public void afterTextChanged(Editable text) {
        Reads.textWatcher(context);
    }
}
