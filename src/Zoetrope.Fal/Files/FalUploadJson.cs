using System.Globalization;
using System.Text.Json;
using Zoetrope.Http;
using Zoetrope.Providers;
using Zoetrope.Uploads;
using Zoetrope.Json;

namespace Zoetrope.Fal.Files;

/// <summary>What the response to a request that begins an upload names.</summary>
/// <param name="Url">The public URL of the file.</param>
/// <param name="Address">The address for its content.</param>
/// <param name="UploadId">The id of an upload in parts.</param>
internal readonly record struct FalUploadNames(string? Url, string? Address, string? UploadId);

/// <summary>A part that was stored.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Tag">The tag under which it was stored.</param>
internal sealed record FalStoredPart(int Number, string Tag);

/// <summary>The JSON of uploads to fal.</summary>
internal static class FalUploadJson
{
    /// <summary>The body of a request for an address.</summary>
    public static ReadOnlyMemory<byte> OfFile(string contentType, string fileName) => Write(writer =>
    {
        writer.WriteString("content_type"u8, contentType);
        writer.WriteString("file_name"u8, fileName);
    });

    /// <summary>The body of the request that makes a file of its parts, in the order of their numbers.</summary>
    public static ReadOnlyMemory<byte> OfParts(IEnumerable<FalStoredPart> parts) => Write(writer =>
    {
        writer.WriteStartArray("parts");
        foreach (var part in parts.OrderBy(part => part.Number))
        {
            writer.WriteStartObject();
            writer.WriteNumber("partNumber", part.Number);
            writer.WriteString("etag"u8, part.Tag);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    /// <summary>What a response names.</summary>
    public static FalUploadNames Names(TransportResponse response)
    {
        string? fileUrl = null, accessUrl = null, address = null, uploadId = null;
        if (!TryBegin(response, out var reader))
            return default;
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("file_url"u8))
                fileUrl = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("access_url"u8))
                accessUrl = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("upload_url"u8))
                address = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("uploadId"u8) || name.SequenceEqual("upload_id"u8))
                uploadId = ProtocolJson.Text(ref reader);
            else
                reader.Skip();
        }
        return new(fileUrl ?? accessUrl, address, uploadId);
    }

    /// <summary>
    /// The tag of a part, which is in the JSON of the response or in its header <c>ETag</c>; null where it is in neither, or the response is about another
    /// part.
    /// </summary>
    public static FalStoredPart? TagOf(FilePart part, TransportResponse response)
    {
        string? tag = null, number = null;
        if (TryBegin(response, out var reader))
        {
            while (ProtocolJson.NextMember(ref reader, out var name))
            {
                if (name.SequenceEqual("etag"u8) || name.SequenceEqual("ETag"u8))
                    tag = ProtocolJson.Text(ref reader);
                else if (name.SequenceEqual("partNumber"u8))
                    number = ProtocolJson.Text(ref reader);
                else
                    reader.Skip();
            }
        }
        if (string.IsNullOrEmpty(tag))
            tag = response.Header("ETag");
        var isOther = number is not null && number != part.Number.ToString(CultureInfo.InvariantCulture);
        return string.IsNullOrEmpty(tag) || isOther ? null : new(part.Number, tag);
    }

    /// <summary>Begins to read the members of a response; false where it is not an object.</summary>
    public static bool TryBegin(TransportResponse response, out Utf8JsonReader reader)
    {
        reader = default;
        if (response.Json is not { Kind: JsonValueKind.Object } json)
            return false;
        reader = json.CreateReader(int.MaxValue);
        return reader.Read();
    }

    private static ReadOnlyMemory<byte> Write(Action<JsonWriter> members)
    {
        var writer = new JsonWriter();
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
        return writer.Written;
    }
}
