using System.Globalization;

namespace Zoetrope.Cli.Output;

/// <summary>A file that was made where none was, so that what is saved there replaces nothing of the user's. It goes away again unless it is kept.</summary>
internal sealed class ReservedFile : IDisposable
{
    private bool _isKept;

    private ReservedFile(string path, string? taken)
    {
        Path = path;
        Taken = taken;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The path that was wanted, where something was already; null where the file has it.</summary>
    public string? Taken { get; }

    /// <summary>Creates a file at a path or, where something is already, with the next number that is free at the end of its name.</summary>
    public static ReservedFile At(string wanted)
    {
        var path = wanted;
        for (var number = 2; ; number++)
        {
            try
            {
                // Nothing else says whether there is something without a gap in which it can appear, links to nothing included.
                new FileStream(path, FileMode.CreateNew, FileAccess.Write).Dispose();
                return new ReservedFile(path, path == wanted ? null : wanted);
            }
            catch (Exception exception) when ((exception is IOException or UnauthorizedAccessException) && Exists(path))
            {
                path = WithNumber(wanted, number);
            }
        }
    }

    /// <summary>Whether there is anything at a path: a file, a folder, or a link, even one that leads nowhere.</summary>
    public static bool Exists(string path) => System.IO.Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    /// <summary>The path with a number at the end of the name.</summary>
    public static string WithNumber(string path, int number) => System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(path) ?? "",
        string.Create(CultureInfo.InvariantCulture, $"{System.IO.Path.GetFileNameWithoutExtension(path)}-{number}{System.IO.Path.GetExtension(path)}"));

    /// <summary>The file has been saved.</summary>
    public void Keep() => _isKept = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isKept)
            File.Delete(Path);
    }
}
