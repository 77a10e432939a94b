namespace Zoetrope.Packaging.Tests;

/// <summary>Whether this machine can link native programs.</summary>
internal static class Native
{
    /// <summary>Skips the test where there is no C compiler or the system is not one that NativeAOT is tested on; in CI it must be there.</summary>
    public static void SkipUnlessAvailable()
    {
        var available = OperatingSystem.IsLinux() && (IsOnPath("clang") || IsOnPath("gcc"));
        if (!available && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail("CI must be able to publish NativeAOT: gcc or clang on Linux.");
        Assert.SkipUnless(available, "native programs are tested on Linux with gcc or clang");
    }

    /// <summary>Whether a program is installed.</summary>
    public static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
