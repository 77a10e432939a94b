using Zoetrope.Http;

namespace Zoetrope.Uploads;

/// <content>Sending a file in parts, a few of them at a time.</content>
public sealed partial class FileTransfer
{
    /// <summary>
    /// Sends the file in parts, each as the body of a PUT. Each part is read from the file while it is sent, so memory does not grow with the size of parts,
    /// and is repeated by itself. After the first part that fails for good, no other is begun.
    /// </summary>
    /// <typeparam name="T">What a response says of a part.</typeparam>
    /// <param name="partBytes">The size of each part but the last.</param>
    /// <param name="atOnce">How many are sent at a time.</param>
    /// <param name="target">Returns the address and the headers of a part, for instance with a fresh token; a <c>Content-Type</c> among these is sent.</param>
    /// <param name="read">Reads the response; null where it does not say what it must.</param>
    /// <returns>What the responses say, in the order of the parts.</returns>
    /// <exception cref="UploadException">A part was not stored.</exception>
    public async Task<IReadOnlyList<T>> PutPartsAsync<T>(
        long partBytes, int atOnce, Func<FilePart, ValueTask<(Uri Address, IEnumerable<KeyValuePair<string, string>>? Headers)>> target,
        Func<FilePart, TransportResponse, T?> read)
        where T : class
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(atOnce);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(read);
        var count = checked((int)(1 + (Length - 1) / partBytes));
        var stored = new T?[count];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken);
        var next = 0;
        var isSure = true;
        UploadException? first = null;
        var workers = new Task[Math.Min(atOnce, count)];
        for (var i = 0; i < workers.Length; i++)
            workers[i] = SendSomeAsync();
        await Task.WhenAll(workers).ConfigureAwait(false);
        if (first is null)
            return Array.ConvertAll(stored, part => part!);
        // Known only when all have ended.
        var remains = isSure && Array.TrueForAll(stored, part => part is null) ? UploadRemains.Nothing : UploadRemains.Parts;
        throw Fail(UploadStep.Transfer, first.Problem, remains, first.InnerException, first.Part);

        async Task SendSomeAsync()
        {
            while (first is null && Interlocked.Increment(ref next) is var number && number <= count)
            {
                var offset = (number - 1) * partBytes;
                var part = new FilePart(number, count, offset, Math.Min(partBytes, Length - offset));
                try
                {
                    stored[number - 1] = await PutPartAsync(part, await target(part).ConfigureAwait(false), read, stop.Token).ConfigureAwait(false);
                }
                catch (UploadException exception)
                {
                    // Of several parts that fail, the first says why; the others are stopped.
                    Interlocked.CompareExchange(ref first, exception, null);
                    if (exception.Remains != UploadRemains.Nothing)
                        isSure = false;
                    await stop.CancelAsync().ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (Volatile.Read(ref first) is not null && !_caller.IsCancellationRequested)
                {
                    isSure = false;
                }
            }
        }
    }

    /// <summary>
    /// Creates a file of its parts with a POST to an address that the provider returned. If the response is lost, the promised file is looked for before it is
    /// sent again; the response that shows the file is returned then, without a body.
    /// </summary>
    /// <param name="address">The address, as <see cref="AddressOf"/> returned it.</param>
    /// <param name="headers">The headers that the provider asks for; null for none.</param>
    /// <param name="json">The body.</param>
    /// <exception cref="UploadException">It is not known that the file was made.</exception>
    public async Task<TransportResponse> CompleteAsync(Uri address, IEnumerable<KeyValuePair<string, string>>? headers, ReadOnlyMemory<byte> json)
    {
        var request = Storage(UploadStep.Complete, HttpMethod.Post, address, headers, new BytesBody(json, "application/json"));
        return await SendAsync(UploadStep.Complete, null, request, null, isRepeatable: true, CancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins again by another way, after nothing was stored.</summary>
    public void Restart()
    {
        Promised = null;
        if (_sent > 0)
            Moved(-_sent);
    }

    private async Task<T> PutPartAsync<T>(
        FilePart part, (Uri Address, IEnumerable<KeyValuePair<string, string>>? Headers) target, Func<FilePart, TransportResponse, T?> read,
        CancellationToken ct)
        where T : class
    {
        var body = new SliceBody(_file, part.Offset, part.Length, _written, TypeIn(target.Headers), Moved);
        var request = Storage(UploadStep.Transfer, HttpMethod.Put, target.Address, target.Headers, body);
        var response = await SendAsync(UploadStep.Transfer, part.Number, request, body, isRepeatable: true, ct).ConfigureAwait(false);
        return read(part, response) ?? throw Fail(
            UploadStep.Transfer, $"the response to part {part.Number} does not say under which tag it was stored", UploadRemains.Parts,
            response.Malformed("The response is not that of a part"), part.Number);
    }
}
