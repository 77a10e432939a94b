using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Zoetrope.Cli.Output;
using Zoetrope.Cli.Vendoring.Sources;

namespace Zoetrope.Cli.Listings;

/// <summary>
/// The file that keeps a listing: JSON Lines, a line for each page with its models below it, and a last line by which a file that was cut off is known. It is
/// read as a stream, and written whole or not at all.
/// </summary>
internal sealed class ListingCache
{
    private const int Version = 1;
    private const int LongestLine = 1024 * 1024;

    private readonly string _path;

    /// <summary>The cache of a listing. That of another server is a file of its own.</summary>
    public ListingCache(ListingSource source)
    {
        var server = source.Server is null ? "" : $"-{Hash(source.Server)}";
        _path = Path.Combine(Folder, $"models-{source.Provider}{server}.jsonl");
    }

    /// <summary>The user's folder for what can be made again: <c>XDG_CACHE_HOME</c> where it is set, else the system's, and <c>zoetrope</c> in it.</summary>
    public static string Folder { get; } = Path.Combine(Root(), "zoetrope");

    /// <summary>When it was last asked whether it is still the same; null where there is no file.</summary>
    public DateTime? Checked => File.Exists(_path) ? File.GetLastWriteTimeUtc(_path) : null;

    /// <summary>Reads the models one by one; nothing where there is no file.</summary>
    /// <param name="each">Receives each model.</param>
    /// <returns>Whether all of it could be read.</returns>
    public bool TryRead(Action<ListedModel> each) => TryRead(_ => { }, each);

    /// <summary>Reads the pages; null where there is no file, or it is damaged.</summary>
    public List<CachedPage>? ReadPages()
    {
        var pages = new List<CachedPage>();
        return Checked is not null && TryRead(pages.Add, model => pages[^1].Models.Add(model)) ? pages : null;
    }

    /// <summary>Replaces the file. Somebody who reads it at the time sees the old one or the new one.</summary>
    public void Write(IEnumerable<CachedPage> pages)
    {
        Directory.CreateDirectory(Folder);
        var part = $"{_path}.{Environment.ProcessId}";
        try
        {
            using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write))
            {
                foreach (var page in pages)
                {
                    WriteLine(stream, writer => Write(writer, page));
                    foreach (var model in page.Models)
                        WriteLine(stream, writer => Write(writer, model));
                }
                WriteLine(stream, writer => writer.WriteBoolean("end", true));
            }
            File.Move(part, _path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Notes that it is still the same.</summary>
    public void Touch() => File.SetLastWriteTimeUtc(_path, TimeProvider.System.GetUtcNow().UtcDateTime);

    private bool TryRead(Action<CachedPage> page, Action<ListedModel> model)
    {
        try
        {
            using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1);
            var state = new Reading(page, model);
            return ReadLines(stream, state.Take) && state.HasEnded;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or IOException)
        {
            return false;
        }
    }

    private static bool ReadLines(FileStream stream, Action<ReadOnlySpan<byte>> take)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        var filled = 0;
        while (stream.Read(buffer, filled, buffer.Length - filled) is > 0 and var read)
        {
            filled += read;
            var start = 0;
            while (buffer.AsSpan(start, filled - start).IndexOf((byte)'\n') is >= 0 and var length)
            {
                take(buffer.AsSpan(start, length));
                start += length + 1;
            }
            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
            if (filled == LongestLine)
                return false;
            if (filled == buffer.Length)
                Array.Resize(ref buffer, Math.Min(2 * buffer.Length, LongestLine));
        }
        return filled == 0;
    }

    private static void WriteLine(Stream stream, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        stream.Write(buffer.WrittenSpan);
        stream.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter writer, CachedPage page)
    {
        writer.WriteNumber("version", Version);
        writer.WriteString("page", page.Url.AbsoluteUri);
        JsonMembers.WriteText(writer, "etag", page.Validators.ETag);
        JsonMembers.WriteText(writer, "modified", page.Validators.LastModified);
        JsonMembers.WriteText(writer, "next", page.Next?.AbsoluteUri);
    }

    private static void Write(Utf8JsonWriter writer, ListedModel model)
    {
        writer.WriteString("id", model.Id);
        JsonMembers.WriteText(writer, "title", model.Title);
        JsonMembers.WriteText(writer, "description", model.Description);
        JsonMembers.WriteText(writer, "category", model.Category);
        JsonMembers.WriteText(writer, "status", model.Status);
        if (model.Seconds is { } seconds)
            writer.WriteNumber("seconds", seconds);
    }

    private static string Hash(Uri url) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url.AbsoluteUri)).AsSpan(0, 6));

    private static string Root()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given && Path.IsPathRooted(given))
            return given;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
            : Path.Combine(home, OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache");
    }

    /// <summary>Reads the lines of a file.</summary>
    private sealed class Reading(Action<CachedPage> page, Action<ListedModel> model)
    {
        public bool HasEnded { get; private set; }

        public void Take(ReadOnlySpan<byte> line)
        {
            if (HasEnded)
                throw new FormatException("There are lines after the last one.");
            string? id = null, title = null, description = null, category = null, status = null, url = null, tag = null, modified = null, next = null;
            double? seconds = null;
            var reader = new Utf8JsonReader(line);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                switch (name)
                {
                    case "id":
                        id = Text(ref reader);
                        break;
                    case "title":
                        title = Text(ref reader);
                        break;
                    case "description":
                        description = Text(ref reader);
                        break;
                    case "category":
                        category = Text(ref reader);
                        break;
                    case "status":
                        status = Text(ref reader);
                        break;
                    case "seconds":
                        seconds = reader.GetDouble();
                        break;
                    case "page":
                        url = Text(ref reader);
                        break;
                    case "etag":
                        tag = Text(ref reader);
                        break;
                    case "modified":
                        modified = Text(ref reader);
                        break;
                    case "next":
                        next = Text(ref reader);
                        break;
                    case "version" when reader.GetInt32() != Version:
                        throw new FormatException("It is of another version.");
                    case "end":
                        HasEnded = true;
                        break;
                }
            }
            if (url is not null)
                page(new CachedPage(new Uri(url), new Validators(tag, modified), next is null ? null : new Uri(next), []));
            else if (id is not null)
                model(new ListedModel(id) { Title = title, Description = description, Category = category, Status = status, Seconds = seconds });
            else if (!HasEnded)
                throw new FormatException("A line is neither a page nor a model.");
        }

        private static string Text(ref Utf8JsonReader reader) => reader.GetString() ?? throw new FormatException("A text is null.");
    }
}
