using System.Text;
using Zoetrope.Media;

namespace Zoetrope.Cli.Output;

/// <summary>
/// Where <c>--output</c> wants the files of a result: a file, or a folder, in which they keep their own names. No existing file is ever replaced.
/// </summary>
internal sealed class OutputTarget
{
    private readonly string _path;
    private readonly bool _isFolder;

    private OutputTarget(string path, bool isFolder)
    {
        _path = path;
        _isFolder = isFolder;
    }

    /// <summary>Validates the option before anything is sent, so that a result that is paid for can be saved.</summary>
    /// <exception cref="UsageException">The folder does not exist, or cannot be written to.</exception>
    public static OutputTarget Parse(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            throw new UsageException($"--output: '{path}' is not the name of a file");
        var isFolder = Directory.Exists(path);
        var folder = isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path));
        if (!isFolder && ReservedFile.Exists(path))
            throw new UsageException($"--output: '{path}' already exists, and nothing is overwritten: name another file, or a folder");
        if (!isFolder && (Path.EndsInDirectorySeparator(path) || !Directory.Exists(folder)))
            throw new UsageException($"--output: no such folder: '{(Path.EndsInDirectorySeparator(path) ? path : folder)}'");
        WritableFolder.Require(folder!, "--output");
        return new OutputTarget(path, isFolder);
    }

    /// <summary>Reserves the path for one of the files of a result. A name that is taken is suffixed with a number.</summary>
    public ReservedFile Reserve(IReadOnlyList<MediaFile> files, int index)
    {
        var path = _isFolder ? Path.Combine(_path, OwnName(files[index])) : _path;
        if (!Path.HasExtension(path))
            path += Extension(files[index]);
        return ReservedFile.At(!_isFolder && files.Count > 1 ? ReservedFile.WithNumber(path, index + 1) : path);
    }

    // A name that a server sent names a file in the folder, never a path that leads out of it.
    private static string OwnName(MediaFile file)
    {
        var name = file.FileName is { Length: > 0 } given ? given : UrlName(file.Url);
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        name = string.Concat(
            name.EnumerateRunes().Where(rune => Printable.IsSafe(rune) && !(rune.IsBmp && Path.GetInvalidFileNameChars().Contains((char)rune.Value))));
        name = name.TrimStart('.', ' ', '-').TrimEnd('.', ' ');
        return name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= 200 ? name : "output";
    }

    private static string Extension(MediaFile file)
    {
        var type = file.ContentType ?? DataUriType(file.Url);
        return (type is null ? null : FileExtensions.Of(type)) ?? Path.GetExtension(UrlName(file.Url));
    }

    private static string? DataUriType(string url) =>
        url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && url.AsSpan(5).IndexOfAny(';', ',') is > 0 and var length
            ? url.Substring(5, length)
            : null;

    private static string UrlName(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? Uri.UnescapeDataString(uri.Segments[^1])
        : "";
}
