using System.Text;
using Zoetrope.Http;

namespace Zoetrope.Uploads;

/// <summary>The parts of a form as <c>multipart/form-data</c> (RFC 7578), with names written as browsers write them.</summary>
internal sealed class MultipartBody : RequestBody
{
    private readonly string _boundary = $"zoetrope-{Guid.NewGuid():N}";
    private readonly List<Part> _parts = [];

    public override string ContentType => $"multipart/form-data; boundary={_boundary}";

    public override bool CanBeSent => _parts.TrueForAll(static part => part.Body.CanBeSent);

    public override bool IsUpload => _parts.Exists(static part => part.Body.IsUpload);

    public void Add(string name, byte[] value, string? mediaType) => Add(name, null, new BytesBody(value, mediaType));

    public void Add(string name, UploadFile file, string? documentedType) => Add(name, file.FileName, new FileBody(file, documentedType));

    public override OpenBody Open()
    {
        CheckStreams();
        var parts = new List<(byte[] Head, OpenBody Body)>(_parts.Count);
        try
        {
            foreach (var part in _parts)
                parts.Add((part.Head, part.Body.Open()));
        }
        catch
        {
            foreach (var (_, body) in parts)
                body.Dispose();
            throw;
        }
        return new OpenParts(parts, Encoding.ASCII.GetBytes($"--{_boundary}--\r\n"));
    }

    /// <summary>Adds a part.</summary>
    /// <param name="name">The name.</param>
    /// <param name="fileName">The name of the file in it; null where it is not a file.</param>
    /// <param name="body">The content.</param>
    public void Add(string name, string? fileName, RequestBody body)
    {
        var head = new StringBuilder($"--{_boundary}\r\nContent-Disposition: form-data; name=\"{Escape(name)}\"");
        if (fileName is not null)
            head.Append("; filename=\"").Append(Escape(fileName)).Append('"');
        // A media type that would inject headers is not valid.
        if (body.ContentType is { } contentType && HeaderRules.IsValidValue(contentType))
            head.Append("\r\nContent-Type: ").Append(contentType);
        _parts.Add(new Part(Encoding.UTF8.GetBytes(head.Append("\r\n\r\n").ToString()), body));
    }

    /// <summary>Refuses a stream that is used in two parts: the first would consume all of it.</summary>
    private void CheckStreams()
    {
        var known = new HashSet<Stream>(ReferenceEqualityComparer.Instance);
        foreach (var part in _parts)
        {
            if (part.Body is FileBody { File: { Source: { } stream } file } && !known.Add(stream))
                throw UploadFile.Refused(
                $"The stream of '{file.FileName}' is used in two parts, and the second would be empty: use a separate stream for each part.");
        }
    }

    private static string Escape(string name) =>
        name.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private sealed record Part(byte[] Head, RequestBody Body);

    private sealed class OpenParts(List<(byte[] Head, OpenBody Body)> parts, byte[] end) : OpenBody
    {
        public override long? Length
        {
            get
            {
                long length = end.Length;
                foreach (var (head, body) in parts)
                {
                    if (body.Length is not { } known)
                        return null;
                    length += head.Length + known + 2;
                }
                return length;
            }
        }

        public override async Task WriteAsync(Stream destination, Action? pieceSent, CancellationToken cancellationToken)
        {
            foreach (var (head, body) in parts)
            {
                await destination.WriteAsync(head, cancellationToken).ConfigureAwait(false);
                await body.WriteAsync(destination, pieceSent, cancellationToken).ConfigureAwait(false);
                await destination.WriteAsync("\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            }
            await destination.WriteAsync(end, cancellationToken).ConfigureAwait(false);
        }

        public override void Dispose()
        {
            foreach (var (_, body) in parts)
                body.Dispose();
            base.Dispose();
        }
    }
}
