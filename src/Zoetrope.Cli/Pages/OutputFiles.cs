using Zoetrope.Formats;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Pages;

/// <summary>Finds the files that a ledger has recorded, and no others.</summary>
/// <param name="folder">The folder where a file is looked for that is not where it was recorded, because the whole folder was moved.</param>
internal sealed class OutputFiles(string folder)
{
    private const string Unknown = "application/octet-stream";

    private readonly string _inFolder = Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar;

    /// <summary>A file of a job; null where it is gone, or never was a file of this machine.</summary>
    /// <param name="job">The job.</param>
    /// <param name="index">The position among its files, from 0.</param>
    public FileInfo? Find(LedgerJob job, int index)
    {
        if (index < 0 || index >= job.Outputs.Count)
            return null;
        var recorded = job.Outputs[index];
        if (recorded.Contains('\0', StringComparison.Ordinal) || recorded.Contains("://", StringComparison.Ordinal))
            return null;
        if (Path.IsPathFullyQualified(recorded) && MayBeLookedAt(recorded) && Existing(recorded) is { } file)
            return file;
        var name = NameOf(recorded);
        return name is "" or "." or ".." ? null : Existing(Path.Combine(folder, name));
    }

    /// <summary>The last part of a recorded path, whichever system recorded it.</summary>
    public static string NameOf(string recorded) => recorded[(recorded.LastIndexOfAny(['/', '\\']) + 1)..];

    /// <summary>The media type by the name.</summary>
    public static string TypeOf(string recorded) => MediaTypes.OfName(NameOf(recorded)) ?? Unknown;

    /// <summary>How the page shows it: <c>image</c>, <c>video</c>, <c>audio</c>, or <c>file</c>, which is only offered to be saved.</summary>
    public static string KindOf(string recorded) => TypeOf(recorded).Split('/')[0] is ("image" or "video" or "audio") and var kind ? kind : "file";

    // To look at \\server\share on Windows signs in at that server: a ledger of somebody else's could name any.
    private bool MayBeLookedAt(string recorded) =>
        !(recorded.Length > 1 && IsSlash(recorded[0]) && IsSlash(recorded[1]))
        || (recorded.StartsWith(_inFolder, StringComparison.OrdinalIgnoreCase) && !recorded.Contains("..", StringComparison.Ordinal));

    private static bool IsSlash(char one) => one is '/' or '\\';

    // What has no length is a device, a pipe, or was cut off: nothing of it can be shown, and reading it may never end.
    private static FileInfo? Existing(string path)
    {
        try
        {
            // A link has a length of its own, and exists without what it leads to.
            var file = new FileInfo(path);
            if (file.ResolveLinkTarget(returnFinalTarget: true) is { } target)
                file = new FileInfo(target.FullName);
            return file is { Exists: true, Length: > 0 } ? file : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A link to itself, or one that may not be read.
            return null;
        }
    }
}
