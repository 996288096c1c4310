namespace CircuitPipeline.Attribution;

/// <summary>The whole model's run with whose logits a metric compares.</summary>
public enum ReferenceRun
{
    /// <summary>On the clean prompt, as EAP-IG 2.0 does.</summary>
    Clean,

    /// <summary>On the corrupted prompt, as the code of arXiv:2502.11812 does for <c>eap</c> and for circuits.</summary>
    Corrupted,
}
