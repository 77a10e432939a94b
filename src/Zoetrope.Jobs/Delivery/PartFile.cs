using System.Text.Json;
using Zoetrope.Downloads;

namespace Zoetrope.Jobs.Delivery;

/// <summary>
/// A file that is being downloaded, as <c>NAME.part</c>, with a note beside it, <c>NAME.part.json</c>, that says how much of it is on the disk and of which
/// version it is. Only what the note says is resumed, so that neither a killed process nor a loss of power leaves a file that is wrong in the middle. One
/// process writes it at a time.
/// </summary>
internal sealed class PartFile : PartialDownload, IAsyncDisposable
{
    /// <summary>How many bytes may have to be downloaded again after a crash.</summary>
    internal const long Step = 8 * 1024 * 1024;

    private const string Suffix = ".part";
    private const int Tries = 5;

    private readonly FileStream _stream;
    private readonly string _path;
    private readonly string _source;
    private string? _validator;
    private long _length;
    private long _noted;

    private PartFile(FileStream stream, string path, string source)
    {
        (_stream, _path, _source) = (stream, path, source);
        if (Note.Read(path) is { Validator: { } validator } note && note.Source == source && note.Length <= stream.Length)
            (_validator, _length) = (validator, note.Length);
        else
            File.Delete(Note.PathOf(path));
        stream.SetLength(_length);
        stream.Position = _noted = _length;
    }

    public override long Length => _length;

    public override string? Validator => _validator;

    /// <summary>Opens the part of a file.</summary>
    /// <param name="path">The path of the complete file.</param>
    /// <param name="source">Where it comes from; a part that comes from elsewhere is thrown away.</param>
    /// <returns>Null where another process writes it.</returns>
    public static PartFile? TryOpen(string path, string source)
    {
        // The share says that nobody else opens it, and that this process may rename it nevertheless.
        var share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
        for (var i = 0; i < Tries; i++)
        {
            FileStream stream;
            try
            {
                stream = new FileStream(PartOf(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, share, 1, FileOptions.Asynchronous);
            }
            catch (IOException)
            {
                // Whatever else it is, the caller meets it again where it writes the file in another way.
                return null;
            }
            // Between opening and locking it, its last writer may have renamed it: then this is the complete file.
            if (new FileInfo(PartOf(path)) is { Exists: true, Length: var length } && length == stream.Length)
                return new PartFile(stream, path, source);
            stream.Dispose();
        }
        return null;
    }

    /// <summary>Whether the file was completed from this source, and nobody has noted yet that it was.</summary>
    public static bool IsComplete(string path, string source) =>
        Note.Read(path) is { IsComplete: true } note && note.Source == source && !File.Exists(PartOf(path))
        && new FileInfo(path) is { Exists: true, Length: var length } && length == note.Length;

    /// <summary>Removes what another download has left of a file that is complete or was abandoned, and the note of the file.</summary>
    public static void Forget(string path)
    {
        foreach (var left in (string[])[PartOf(path), Note.PathOf(path), Note.PathOf(path) + Note.New])
        {
            try
            {
                File.Delete(left);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Where open files cannot be removed, one that a frozen process has open stays.
            }
        }
    }

    /// <summary>The paths of files of which a folder has parts or notes, by the beginning of their names.</summary>
    public static IEnumerable<string> Left(string folder, string name) => Directory.EnumerateFiles(folder, name + "*.part*")
        .Select(path => path[..path.LastIndexOf(Suffix, StringComparison.Ordinal)]).Distinct();

    public override async ValueTask<int> ReadStartAsync(Memory<byte> start, CancellationToken cancellationToken)
    {
        _stream.Position = 0;
        var length = await _stream.ReadAtLeastAsync(start[..(int)Math.Min(start.Length, _length)], start.Length, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        _stream.Position = _length;
        return length;
    }

    public override ValueTask RestartAsync(string? validator, CancellationToken cancellationToken)
    {
        // First: a note must never be of other bytes than those in the file.
        File.Delete(Note.PathOf(_path));
        _stream.SetLength(0);
        (_validator, _length, _noted) = (validator, 0, 0);
        return default;
    }

    public override async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        _length += bytes.Length;
        if (_length - _noted >= Step)
            Keep();
    }

    /// <summary>Makes what was received survive a crash.</summary>
    public void Keep()
    {
        // Another process may have completed the file meanwhile, and removed the part.
        if (_validator is not null && _length > _noted && File.Exists(PartOf(_path)))
            Write(isComplete: false);
    }

    /// <summary>Gives the complete file its name.</summary>
    public void Complete()
    {
        Write(isComplete: true);
        // While it is locked.
        File.Move(PartOf(_path), _path, overwrite: true);
        // The ledger says next that it is stored: the new name is to survive a loss of power as well.
        _stream.Flush(flushToDisk: true);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static string PartOf(string path) => path + Suffix;

    private void Write(bool isComplete)
    {
        _stream.SetLength(_length);
        _stream.Flush(flushToDisk: true);
        new Note(_source, _validator, _length, isComplete).Write(_path);
        _noted = _length;
    }

    private sealed record Note(string Source, string? Validator, long Length, bool IsComplete)
    {
        /// <summary>What follows the name of a note that is being written.</summary>
        public const string New = ".new";

        public static string PathOf(string path) => PartOf(path) + ".json";

        /// <summary>Reads the note of a file; null where there is none that is valid.</summary>
        public static Note? Read(string path)
        {
            try
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf(path)));
                var root = document.RootElement;
                var length = root.GetProperty("length").GetInt64();
                return length < 0
                    ? null
                    : new Note(
                        root.GetProperty("source").GetString()!,
                        root.GetProperty("validator").GetString(),
                        length,
                        root.GetProperty("complete").GetBoolean());
            }
            catch (Exception exception)
                when (exception is FileNotFoundException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                // A loss of power may leave half of one.
                return null;
            }
        }

        public void Write(string path)
        {
            using var text = new MemoryStream();
            using (var writer = new Utf8JsonWriter(text))
            {
                writer.WriteStartObject();
                writer.WriteString("source", Source);
                writer.WriteString("validator", Validator);
                writer.WriteNumber("length", Length);
                writer.WriteBoolean("complete", IsComplete);
                writer.WriteEndObject();
            }
            var partial = PathOf(path) + New;
            File.WriteAllBytes(partial, text.ToArray());
            File.Move(partial, PathOf(path), overwrite: true);
        }
    }
}
