namespace CircuitPipeline.Pipeline.Errors;

/// <summary>Tells a full disk, or a used-up quota, from other failures to write.</summary>
internal static class DiskFull
{
    private const int NoSpace = 28; // ENOSPC on Linux and macOS
    private const int Quota = 122; // EDQUOT on Linux
    private const int QuotaOnMac = 69;
    private const int DiskFullOnWindows = unchecked((int)0x80070070);
    private const int HandleDiskFullOnWindows = unchecked((int)0x80070027);

    /// <summary>Whether the exception, or what caused it, says so.</summary>
    public static bool IsCauseOf(Exception? exception) =>
        exception switch
        {
            null => false,
            IOException { HResult: NoSpace or DiskFullOnWindows or HandleDiskFullOnWindows } => true,
            IOException { HResult: Quota } when OperatingSystem.IsLinux() => true,
            IOException { HResult: QuotaOnMac } when OperatingSystem.IsMacOS() => true,
            AggregateException several => several.InnerExceptions.Any(IsCauseOf),
            _ => IsCauseOf(exception.InnerException),
        };

    /// <summary>A clause that says so in words, with what the system said, which names the file.</summary>
    public static string Clause(Exception exception) =>
        $"the disk is full ({MessageText.OneLine(exception.GetBaseException().Message).TrimEnd('.')})";
}
