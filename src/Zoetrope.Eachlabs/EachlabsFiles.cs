using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Providers;
using Zoetrope.Uploads;
using Zoetrope.Json;

namespace Zoetrope.Eachlabs;

/// <summary>The files of an account at Eachlabs, whose models take public https URLs only. Instances are thread-safe.</summary>
public sealed class EachlabsFiles
{
    /// <summary>The maximum size of a file, which Eachlabs documents as 100 MB.</summary>
    public const long MaxBytes = 100L * 1024 * 1024;

    private readonly Transport _transport;
    private readonly string _root;

    internal EachlabsFiles(Transport transport, string root) => (_transport, _root) = (transport, root);

    /// <summary>
    /// Uploads a file, to which a request can then refer: set a member of the request to what this returns. The key is sent to Eachlabs only, never to the
    /// storage that takes the content.
    /// </summary>
    /// <param name="file">The file, of at most <see cref="MaxBytes"/>.</param>
    /// <param name="options">The options, <see cref="EachlabsUploadOptions"/> or common ones; null for the defaults.</param>
    /// <param name="cancellationToken">A token to cancel the upload.</param>
    /// <exception cref="UploadException">The file was not uploaded; the exception says which step failed.</exception>
    /// <exception cref="ArgumentException">The options belong to another provider. Nothing was sent.</exception>
    public async Task<UploadedFile> UploadAsync(UploadFile file, UploadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (options is not (null or EachlabsUploadOptions) && options.GetType() != typeof(UploadOptions))
            throw new ArgumentException($"Eachlabs takes {nameof(EachlabsUploadOptions)}, not {options.GetType().Name}. Nothing was sent.", nameof(options));
        await using var transfer =
            await FileTransfer.PrepareAsync(_transport, file, options, MaxBytes, cancellationToken).ConfigureAwait(false);
        var response = await transfer.InitiateAsync(new TransportRequest
        {
            Method = HttpMethod.Post,
            Uri = new Uri(_root + "/upload/presign"),
            Json = Body(transfer.ContentType, (options as EachlabsUploadOptions)?.ExpiresAfter),
        }).ConfigureAwait(false);
        var presigned = Presigned.Read(response);
        var stored = transfer.Stored(presigned.PublicUrl, presigned.Id, presigned.ExpiresAt)
            ?? throw transfer.Fail(
                UploadStep.Initiate, "the response does not name the file's public address",
                reason: response.Malformed("The response is not that of an upload"));
        transfer.Promised = stored;
        await transfer.PutAsync(transfer.AddressOf(presigned.Address), presigned.Headers).ConfigureAwait(false);
        return stored;
    }

    /// <summary>Deletes a file. Deleting it twice is not an error.</summary>
    /// <param name="id">The id of the file (<see cref="UploadedFile.Id"/>).</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="ServiceException">Eachlabs responded with an error, such as 409 while the file is processed.</exception>
    /// <exception cref="TransportException">There was no usable response.</exception>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (id is "." or "..")
            throw new ArgumentException($"'{id}' is not the id of a file. Nothing was sent.", nameof(id));
        var request = new TransportRequest { Method = HttpMethod.Delete, Uri = new Uri($"{_root}/files/{Uri.EscapeDataString(id)}") };
        await _transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static ReadOnlyMemory<byte> Body(string contentType, TimeSpan? expiresAfter)
    {
        var writer = new JsonWriter();
        writer.WriteStartObject();
        writer.WriteString("content_type"u8, contentType);
        writer.WriteString("file_type"u8, KindOf(contentType));
        if (expiresAfter is { } time)
            writer.WriteNumber("expires_in_seconds", (long)time.TotalSeconds);
        writer.WriteEndObject();
        return writer.Written;
    }

    private static string KindOf(string contentType)
    {
        foreach (var kind in (string[])["image", "video", "audio"])
        {
            if (contentType.StartsWith(kind + "/", StringComparison.OrdinalIgnoreCase))
                return kind;
        }
        return "other";
    }

    /// <summary>The response to a request for an address.</summary>
    private sealed class Presigned
    {
        public string? Id { get; private set; }

        public string? Address { get; private set; }

        public string? PublicUrl { get; private set; }

        public DateTimeOffset? ExpiresAt { get; private set; }

        public List<KeyValuePair<string, string>> Headers { get; } = [];

        public static Presigned Read(TransportResponse response)
        {
            var presigned = new Presigned();
            if (response.Json is not { } json)
                return presigned;
            var reader = json.CreateReader(int.MaxValue);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return presigned;
            while (ProtocolJson.NextMember(ref reader, out var name))
            {
                if (name.SequenceEqual("id"u8))
                    presigned.Id = ProtocolJson.Text(ref reader);
                else if (name.SequenceEqual("presigned_url"u8))
                    presigned.Address = ProtocolJson.Text(ref reader);
                else if (name.SequenceEqual("public_url"u8))
                    presigned.PublicUrl = ProtocolJson.Text(ref reader);
                else if (name.SequenceEqual("expires_at"u8))
                    presigned.ExpiresAt = ProtocolJson.Moment(ref reader);
                else if (name.SequenceEqual("required_headers"u8) && reader.TokenType == JsonTokenType.StartObject)
                    presigned.ReadHeaders(ref reader);
                else
                    reader.Skip();
            }
            return presigned;
        }

        private void ReadHeaders(ref Utf8JsonReader reader)
        {
            while (ProtocolJson.NextMember(ref reader, out var utf8))
            {
                var name = System.Text.Encoding.UTF8.GetString(utf8);
                if (ProtocolJson.Text(ref reader) is { } value)
                    Headers.Add(new(name, value));
            }
        }
    }
}
