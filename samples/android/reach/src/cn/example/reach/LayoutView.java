package cn.example.reach;

import android.content.Context;
import android.util.AttributeSet;
import android.view.View;

/** Named only in a layout file; the system makes it from there. */
public final class LayoutView extends View {
    public LayoutView(Context context, AttributeSet attributes) {
        super(context, attributes);
    }

    @Override
    protected void onAttachedToWindow() {
        super.onAttachedToWindow();
        Reads.viewFromLayout(getContext());
    }
}
