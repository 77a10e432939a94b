using Zoetrope.Http;
using Zoetrope.Uploads;

namespace Zoetrope.CodeGen.Operations;

/// <summary>A body that the user created.</summary>
internal sealed class RawBody(HttpContent content) : RequestBody
{
    private int _begun;

    public override string? ContentType => Header("Content-Type");

    // In-memory content can be sent repeatedly; other content may not be repeatable.
    public override bool CanBeSent => content is ByteArrayContent or ReadOnlyMemoryContent || Volatile.Read(ref _begun) == 0;

    /// <summary>The headers of the content other than those that the message has anyway.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers
    {
        get
        {
            foreach (var (name, values) in content.Headers.NonValidated)
            {
                if (!name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                    yield return new(name, values.ToString());
            }
        }
    }

    public override OpenBody Open() =>
        CanBeSent ? new OpenContent(this, content) : throw UploadFile.Refused("The content was sent before, and may not be repeatable: pass it as bytes.");

    private string? Header(string name) => content.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private sealed class OpenContent(RawBody body, HttpContent content) : OpenBody
    {
        public override long? Length { get; } = content.Headers.ContentLength;

        public override async Task WriteAsync(Stream destination, Action? pieceSent, CancellationToken cancellationToken)
        {
            Volatile.Write(ref body._begun, 1);
            var output = new Output(destination, pieceSent);
            try
            {
                await content.CopyToAsync(output, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!output.HasFailed && (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested))
            {
                throw new UnreadableBodyException($"the content cannot be read: {(exception.InnerException ?? exception).Message}", exception);
            }
        }
    }

    /// <summary>The connection's stream, which records its own failures and reports each chunk.</summary>
    private sealed class Output(Stream inner, Action? pieceSent) : Stream
    {
        public bool HasFailed { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                HasFailed = true;
                throw;
            }
            pieceSent?.Invoke();
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
