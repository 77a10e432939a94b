using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Zoetrope.CodeGen;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Media;

/// <summary>
/// A file that a service created or accepts. Services write it as an object with a <c>url</c>, or as the bare URL; both are read, and additional members
/// of the object are kept.
/// </summary>
[JsonConverter(typeof(JsonModelConverter<MediaFile>))]
public class MediaFile : IJsonModel<MediaFile>, IValidatable
{
    private bool _bare;
    private string? _url;
    private ExtraProperties? _extras;

    /// <summary>The address of the file: an http(s) URL, or a <c>data:</c> URI. Empty when the service did not send one.</summary>
    public string Url
    {
        get => _url ?? "";
        set => _url = value;
    }

    /// <summary>The media type, such as <c>video/mp4</c>, where the service reports it.</summary>
    public string? ContentType { get; set; }

    /// <summary>The file's name, where the service reports it.</summary>
    public string? FileName { get; set; }

    /// <summary>The size in bytes, where the service reports it.</summary>
    public long? FileSize { get; set; }

    /// <summary>The additional members that the service sent for the file.</summary>
    public ExtraProperties ExtraProperties => _extras ??= new();

    /// <inheritdoc/>
    public static MediaFile Read(ref Utf8JsonReader reader) => ReadInto(ref reader, new MediaFile());

    /// <inheritdoc/>
    public void Write(JsonWriter writer)
    {
        if (_bare)
        {
            writer.WriteStringValue(Url);
            return;
        }
        writer.WriteStartObject();
        JsonWrite.String(writer, "url"u8, _url, _extras);
        WriteMembers(writer, _extras);
        ExtraProperties.Write(writer, _extras);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public void Validate(ref ValidationContext context)
    {
        context.Extras(_extras);
        context.Required(_url, "url");
        context.Text(ContentType, "content_type");
        context.Text(FileName, "file_name");
    }

    /// <summary>Returns the file's URL, by which files are passed as inputs.</summary>
    public override string ToString() => Url;

    /// <summary>Returns the file's URL, by which files are passed as inputs.</summary>
    public static implicit operator string(MediaFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Url;
    }

    // Inlined into the reader of a model, it would use up what the compiler inlines in one method, and the comparisons of names would be calls.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected static T ReadInto<T>(ref Utf8JsonReader reader, T file)
        where T : MediaFile
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            file.ReadBare(ref reader);
            return file;
        }
        JsonRead.StartObject(ref reader, "A file");
        while (JsonRead.NextProperty(ref reader, out var name))
        {
            if (!file.TryReadMember(ref reader, name))
                ExtraProperties.Read(ref reader, name, ref file._extras);
        }
        return file;
    }

    /// <summary>Reads a bare URL.</summary>
    internal void ReadBare(ref Utf8JsonReader reader)
    {
        _url = JsonStrings.TryText(ref reader, out var text) ? text : throw new JsonException("The URL of a file is not valid Unicode.");
        _bare = true;
    }

    /// <summary>Whether all kinds of files declare a member.</summary>
    internal static bool Declares(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("url"u8) || name.SequenceEqual("content_type"u8) || name.SequenceEqual("file_name"u8) || name.SequenceEqual("file_size"u8);

    /// <summary>Keeps a declared member whose value is an object or an array, which no declared type is.</summary>
    internal void KeepMismatch(ReadOnlySpan<byte> name, RawJson value) =>
        ExtraProperties.Keep(name, value, ref _extras, EntryKind.Mismatch, name.SequenceEqual("file_size"u8) ? "a whole number" : "a string");

    /// <summary>Reads a member; false when this kind of file does not declare it.</summary>
    internal bool TryReadMember(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        if (!name.SequenceEqual("url"u8))
            return ReadMember(ref reader, name, ref _extras);
        _url = JsonRead.String(ref reader, name, ref _extras, nullable: true);
        return true;
    }

    private protected virtual bool ReadMember(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras)
    {
        if (name.SequenceEqual("content_type"u8))
            ContentType = JsonRead.String(ref reader, name, ref extras, nullable: true);
        else if (name.SequenceEqual("file_name"u8))
            FileName = JsonRead.String(ref reader, name, ref extras, nullable: true);
        else if (name.SequenceEqual("file_size"u8))
            FileSize = JsonRead.Int64(ref reader, name, ref extras, nullable: true);
        else
            return false;
        return true;
    }

    private protected virtual void WriteMembers(JsonWriter writer, ExtraProperties? extras)
    {
        JsonWrite.String(writer, "content_type"u8, ContentType, extras);
        JsonWrite.String(writer, "file_name"u8, FileName, extras);
        JsonWrite.Int64(writer, "file_size"u8, FileSize, extras);
    }
}
