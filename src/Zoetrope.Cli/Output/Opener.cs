using System.ComponentModel;
using System.Diagnostics;

namespace Zoetrope.Cli.Output;

/// <summary>
/// Opens what a job made with the program that the system has for it. Only files of media types and https URLs are opened, and no shell reads their names: a
/// result must not be able to start a program.
/// </summary>
internal static class Opener
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>Opens a file or an address.</summary>
    /// <param name="target">The path of a file, or an address.</param>
    /// <returns>Why it was not opened; null where it was.</returns>
    public static string? Open(string target)
    {
        if (NameOf(target) is not { } name)
            return "only files of images, videos and sounds, and https URLs are opened";
        try
        {
            using var process = Process.Start(StartOf(name));
            if (process is null || OperatingSystem.IsWindows())
                return null;
            // What the opener says is not for stdout, which has the result.
            process.OutputDataReceived += static (_, _) => { };
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return process.WaitForExit(_patience) && process.ExitCode != 0 ? $"{process.StartInfo.FileName} ended with {process.ExitCode}" : null;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            return exception.Message;
        }
    }

    /// <summary>What is opened: a whole path, or the address as it is sent; null where it must not be.</summary>
    private static string? NameOf(string target)
    {
        if (File.Exists(target))
            return FileExtensions.IsMedia(Path.GetExtension(target)) ? Path.GetFullPath(target) : null;
        return Uri.TryCreate(target, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0 ? url.AbsoluteUri : null;
    }

    private static ProcessStartInfo StartOf(string name)
    {
        if (OperatingSystem.IsWindows())
            return new ProcessStartInfo(name) { UseShellExecute = true };
        return new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [name])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}
