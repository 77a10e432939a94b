using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;
using Zoetrope.Validation;

namespace Zoetrope.Eachlabs;

/// <summary>
/// The language models of Eachlabs' router: a conversation is continued at once, or as a stream. Each call is one run that is billed, and is sent again only if
/// it was definitely not accepted. Instances are thread-safe.
/// </summary>
public sealed class EachlabsChat
{
    private const string EndpointId = "chat/completions";
    private static readonly TimeSpan DefaultIdleTimeout = TimeSpan.FromMinutes(5);

    private readonly EachlabsProtocol _protocol;
    private readonly EachlabsClientOptions _options;

    internal EachlabsChat(EachlabsProtocol protocol) => (_protocol, _options) = (protocol, protocol.Options);

    /// <summary>Continues a conversation, and returns all of it at once.</summary>
    /// <param name="request">The conversation.</param>
    /// <param name="options">The options; webhook, idempotency key and cost limit do not apply and are rejected.</param>
    /// <param name="cancellationToken">A token to cancel the call. The model may go on, and be billed.</param>
    /// <exception cref="ArgumentException">An option does not apply. Nothing was sent.</exception>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="ServiceException">Eachlabs refused the request, or the model responded with an error.</exception>
    /// <exception cref="SubmitException">
    /// There was no usable response, or one of a gateway; the exception says whether the model may have run all the same.
    /// </exception>
    /// <exception cref="TransportException">The model ran, but its response is not a completion; <see cref="TransportException.Body"/> has it.</exception>
    /// <exception cref="SubmitCanceledException">The caller canceled after the request was sent: the model may go on, and be billed.</exception>
    public async Task<EachlabsApi.ChatCompletion> CompleteAsync(
        EachlabsApi.ChatRequest request, EachlabsSubmitOptions? options = null, CancellationToken cancellationToken = default)
    {
        var message = Message(request, options, isStream: false);
        try
        {
            var response = await _protocol.Transport.SubmitAsync(message, EndpointId, cancellationToken).ConfigureAwait(false);
            return Completion(response);
        }
        catch (SubmitException exception) when (exception is { WasNotAccepted: true, Service: { } service })
        {
            // A refusal leaves nothing open. After an error of a gateway the model may have run.
            ExceptionDispatchInfo.Throw(service);
            throw;
        }
    }

    /// <summary>
    /// Continues a conversation, and yields what the model writes as it writes it: <c>Choices[0].Delta.Content</c> of each part is the next piece of the text.
    /// The last part has <c>Usage</c>, where the model's provider states it. It is one run: the request is sent when the enumeration begins, and the parts can
    /// be enumerated once. A response that is not a stream is one part with the whole <c>Message</c>.
    /// </summary>
    /// <param name="request">The conversation.</param>
    /// <param name="options">The options; webhook, idempotency key and cost limit do not apply and are rejected.</param>
    /// <param name="cancellationToken">Ends the enumeration and closes the connection at once. The model may go on, and be billed.</param>
    /// <exception cref="ArgumentException">An option does not apply. Nothing was sent.</exception>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="ServiceException">Eachlabs refused the request, or an event reports an error.</exception>
    /// <exception cref="SubmitException">
    /// There was no response, or one of a gateway; the exception says whether the model may have run all the same.
    /// </exception>
    /// <exception cref="TransportException">
    /// The stream broke off or ended before the model had finished, was silent for <see cref="EachlabsClientOptions.StreamIdleTimeout"/>, or has an
    /// event that is not a part of a completion; <see cref="TransportException.Body"/> has what was received of the event.
    /// </exception>
    /// <exception cref="SubmitCanceledException">The caller canceled after the request was sent: the model may go on, and be billed.</exception>
    public IAsyncEnumerable<EachlabsApi.ChatCompletion> StreamAsync(
        EachlabsApi.ChatRequest request, EachlabsSubmitOptions? options = null, CancellationToken cancellationToken = default)
    {
        var message = Message(request, options, isStream: true);
        return new RunEvents<OpenResponse, EachlabsApi.ChatCompletion>(
            EachlabsProtocol.ProviderName,
            EndpointId,
            token => OpenAsync(message, token),
            ReadAsync,
            static response => response.Header(EachlabsErrorReader.RequestIdHeader),
            cancellationToken);
    }

    private async Task<OpenResponse> OpenAsync(TransportRequest message, CancellationToken cancellationToken)
    {
        try
        {
            return await _protocol.Transport.OpenAsync(message, EndpointId, cancellationToken).ConfigureAwait(false);
        }
        catch (SubmitException exception) when (exception is { WasNotAccepted: true, Service: { } service })
        {
            ExceptionDispatchInfo.Throw(service);
            throw;
        }
    }

    private async IAsyncEnumerable<EachlabsApi.ChatCompletion> ReadAsync(
        OpenResponse response, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var idle = _options.StreamIdleTimeout ?? DefaultIdleTimeout;
        if (!string.Equals(response.ContentType, "text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            yield return Completion(await response.ReadToEndAsync(idle, cancellationToken).ConfigureAwait(false));
            yield break;
        }
        var isFinished = false;
        var events = response.ReadEventsAsync((type, data) => Part(response, type, data), idle, cancellationToken);
        await foreach (var next in events.ConfigureAwait(false))
        {
            isFinished |= next.Choices?.Any(static choice => choice.FinishReason is not null) == true;
            yield return next;
        }
        // A connection that a gateway closes between two events looks like the end.
        if (!isFinished && !response.IsDone)
            throw response.Fail("ended before the model had finished: there was neither a finish_reason nor [DONE].", TransportFailure.Broken);
    }

    private EachlabsApi.ChatCompletion Part(OpenResponse response, string type, ReadOnlySpan<byte> data)
    {
        if (type == "error" || HasError(data))
            throw ErrorOf(response.With(data.ToArray()));
        var part = JsonModel.FromUtf8<EachlabsApi.ChatCompletion>(data);
        return part.Choices is null && part.Usage is null ? throw new JsonException("It has neither 'choices' nor 'usage'.") : part;
    }

    private ServiceException ErrorOf(TransportResponse response) =>
        new(EachlabsProtocol.ProviderName, response.StatusCode, _protocol.Transport.Redact(new EachlabsErrorReader().Read(response)));

    private EachlabsApi.ChatCompletion Completion(TransportResponse response)
    {
        var json = response.RequireJson();
        if (HasError(json.Utf8))
            throw ErrorOf(response);
        try
        {
            var completion = json.Deserialize<EachlabsApi.ChatCompletion>();
            return completion.Choices is null ? throw new JsonException("It has no 'choices'.") : completion;
        }
        catch (JsonException exception)
        {
            throw response.Malformed($"The model ran, but its response is not a completion: {exception.Message}", exception);
        }
    }

    /// <summary>Whether an object has an <c>error</c> that says something, or the <c>status</c> of one; a completion has none.</summary>
    private static bool HasError(ReadOnlySpan<byte> data)
    {
        // Most parts do not have the words.
        if (data.IndexOf("\"error\""u8) < 0 && data.IndexOf("\"failed\""u8) < 0)
            return false;
        var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var (isError, hasChoices) = (false, false);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (ProtocolJson.NextMember(ref reader, out var name))
            {
                hasChoices |= name.SequenceEqual("choices"u8);
                if (name.SequenceEqual("error"u8))
                {
                    // Services write an empty one beside a success.
                    var isEmpty = reader.TokenType is JsonTokenType.Null or JsonTokenType.False
                        || (reader.TokenType == JsonTokenType.String && reader.ValueSpan.IsEmpty);
                    if (!isEmpty)
                        return true;
                }
                else if (name.SequenceEqual("status"u8) && reader.TokenType == JsonTokenType.String)
                {
                    isError = reader.ValueTextEquals("error"u8) || reader.ValueTextEquals("failed"u8);
                }
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Reading the part reports it.
        }
        return isError && !hasChoices;
    }

    private TransportRequest Message(EachlabsApi.ChatRequest request, EachlabsSubmitOptions? options, bool isStream)
    {
        ArgumentNullException.ThrowIfNull(request);
        options?.CheckForRun();
        if (options is null or { Validate: true })
            ValidationResult.Of(request).ThrowIfInvalid();
        var message = new TransportRequest
        {
            Method = HttpMethod.Post,
            Uri = new Uri(_protocol.ApiRoot + "/" + EndpointId),
            Json = Body(RawJson.From(request), isStream),
            Accept = isStream ? "text/event-stream" : null,
            Timeout = _options.RunTimeout ?? EachlabsProtocol.DefaultRunTimeout,
            IsLong = true,
            Submit = options,
        };
        if (options is not null)
            message.Headers.AddRange(options.Headers);
        return message;
    }

    // The request, which may have these members already, asks for a stream and for the usage at its end, or for neither.
    private static ReadOnlyMemory<byte> Body(RawJson request, bool isStream)
    {
        var writer = new JsonWriter(request.Utf8.Length + 64);
        writer.WriteStartObject();
        var reader = request.CreateReader();
        reader.Read();
        var hasOptions = false;
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            var isOptions = name.SequenceEqual("stream_options"u8);
            var isWritten = !name.SequenceEqual("stream"u8) && (isStream || !isOptions);
            hasOptions |= isOptions;
            if (isWritten)
                writer.WritePropertyName(Encoding.UTF8.GetString(name));
            var value = RawJson.Read(ref reader);
            if (isWritten)
                value.Write(writer);
        }
        if (isStream)
        {
            writer.WritePropertyName("stream"u8);
            writer.WriteBooleanValue(true);
        }
        if (isStream && !hasOptions)
        {
            writer.WritePropertyName("stream_options"u8);
            writer.WriteRawValue("""{"include_usage":true}"""u8);
        }
        writer.WriteEndObject();
        return writer.Written;
    }
}
