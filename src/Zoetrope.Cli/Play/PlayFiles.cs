using System.Collections.Concurrent;
using System.Security.Cryptography;
using Zoetrope.Cli.Input;
using Zoetrope.Cli.Pages;
using Zoetrope.Json;
using Zoetrope.Uploads;

namespace Zoetrope.Cli.Play;

/// <summary>The files that were dropped on the page. They are on this machine only until a job is run with them.</summary>
internal sealed class PlayFiles : IDisposable
{
    /// <summary>The maximum number of bytes of a file.</summary>
    public const int Largest = 200 << 20;

    /// <summary>What the text that stands for a file begins with.</summary>
    public const string Scheme = "zoetrope-file:";

    // What stands for a file in an input of the ledger, which no person writes.
    private const string Uploaded = "zoetrope-upload://";

    private const string Prefix = "zoetrope-play-";
    private const string Lock = "lock";

    // More than a person drops, and less than fills a disk.
    private const long Most = 2L << 30;

    private readonly DirectoryInfo _folder;
    private readonly FileStream _lock;
    private readonly ConcurrentDictionary<string, PlayFile> _files = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Creates the folder, and deletes those of playgrounds that were killed.</summary>
    public PlayFiles()
    {
        _folder = Directory.CreateTempSubdirectory(Prefix);
        _lock = new FileStream(Path.Combine(_folder.FullName, Lock), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        foreach (var folder in _folder.Parent!.EnumerateDirectories(Prefix + "*"))
            DeleteIfLeft(folder);
    }

    /// <summary>Keeps a file.</summary>
    /// <param name="name">Its name; only the part behind the last slash counts.</param>
    /// <param name="content">Its content.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The file; null where there are too many of them.</returns>
    public async Task<PlayFile?> AddAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var id = RandomNumberGenerator.GetHexString(24, lowercase: true);
        var shown = NameOf(name);
        var folder = _folder.CreateSubdirectory(id);
        var path = Path.Combine(folder.FullName, "file" + ExtensionOf(shown));
        var taken = 0L;
        try
        {
            await using (var file = File.Create(path))
            {
                var buffer = new byte[81920];
                while (await content.ReadAsync(buffer, cancellationToken) is var count and > 0)
                {
                    taken += count;
                    if (Interlocked.Add(ref _bytes, count) > Most)
                        return null;
                    await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                }
            }
            return _files[id] = new PlayFile(id, shown, path, new FileInfo(path).Length, UploadFile.FromFile(path)!);
        }
        finally
        {
            if (!_files.ContainsKey(id))
            {
                Interlocked.Add(ref _bytes, -taken);
                folder.Delete(recursive: true);
            }
        }
    }

    /// <summary>The file of that id; null where there is none.</summary>
    public PlayFile? Find(string id) => _files.GetValueOrDefault(id);

    /// <summary>The file that a text stands for; null where it stands for none.</summary>
    public PlayFile? Of(string text) => text.StartsWith(Scheme, StringComparison.Ordinal) ? Find(text[Scheme.Length..]) : null;

    /// <summary>Whether a text would be sent in place of a file: it stands for none of these, or is not written as it is replaced.</summary>
    /// <param name="text">The text.</param>
    /// <param name="json">The text as JSON.</param>
    public bool IsUnknown(string text, string json) =>
        text.StartsWith(Uploaded, StringComparison.Ordinal) || (text.StartsWith(Scheme, StringComparison.Ordinal) && Of(text)?.Quoted != json);

    /// <summary>The files that an input refers to.</summary>
    public IReadOnlyList<PlayFile> In(RawJson input)
    {
        var text = input.ToString();
        return text.Contains(Scheme, StringComparison.Ordinal) ? [.. _files.Values.Where(file => text.Contains(file.Quoted, StringComparison.Ordinal))] : [];
    }

    /// <summary>The input with something else in place of its files.</summary>
    public RawJson Replace(RawJson input, Func<PlayFile, string> by) =>
        QuotedTexts.Replace(input, In(input).Select(file => (file.Quoted, (RawJson)by(file))));

    /// <summary>Deletes the files.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        Delete(_folder);
    }

    // One that runs has its lock; one without a lock is only just being made.
    private static void DeleteIfLeft(DirectoryInfo folder)
    {
        try
        {
            using (new FileStream(Path.Combine(folder.FullName, Lock), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return;
        }
        Delete(folder);
    }

    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A page may still show one; the next playground deletes it.
        }
    }

    private static string NameOf(string name)
    {
        var last = new string([.. OutputFiles.NameOf(name).Where(one => !char.IsControl(one))]);
        return last.Length is > 0 and <= 200 ? last : "file";
    }

    // Part of a path: letters and digits only.
    private static string ExtensionOf(string name) =>
        Path.GetExtension(name) is { Length: > 1 and < 9 } extension && extension.Skip(1).All(char.IsAsciiLetterOrDigit) ? extension.ToLowerInvariant() : "";
}

/// <summary>A file that was dropped on the page.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name at its owner's.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="StandIn">The text that stands for it in what the SDK validates.</param>
internal sealed record PlayFile(string Id, string Name, string Path, long Length, string StandIn)
{
    /// <summary>The text that stands for it in inputs, as JSON.</summary>
    public string Quoted { get; } = $"\"{PlayFiles.Scheme}{Id}\"";
}
