using System.Diagnostics.CodeAnalysis;
using System.Text;
using Zoetrope.Json;
using Zoetrope.Text;

namespace Zoetrope.Errors;

/// <summary>An error that a provider reported, in any of the provider's error formats.</summary>
public sealed class ServiceError
{
    private const int LongestRequestId = 200;

    /// <summary>Initializes a new instance of the <see cref="ServiceError"/> class.</summary>
    public ServiceError()
    {
    }

    /// <summary>Copies an error, of which an initializer then changes members.</summary>
    [SetsRequiredMembers]
    internal ServiceError(ServiceError other) =>
        (Message, Type, Kind, Fields, RequestId, Retryable, Body, Response) =
            (other.Message, other.Type, other.Kind, other.Fields, other.RequestId, other.Retryable, other.Body, other.Response);

    /// <summary>The message in the provider's words, complete and unchanged: it may contain line breaks and any other character.</summary>
    public required string Message { get; init; }

    /// <summary>The provider's machine-readable kind, such as <c>content_policy_violation</c> or <c>INPUT_VALIDATION_ERROR</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The kind of reason, where the provider's words distinguish them.</summary>
    public FailureKind Kind { get; init; }

    /// <summary>The errors of individual fields, where the provider names them.</summary>
    public IReadOnlyList<FieldError> Fields { get; init; } = [];

    /// <summary>The provider's id of the HTTP exchange, for its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether the provider says that the same request may succeed later; null where it does not say.</summary>
    public bool? Retryable { get; init; }

    /// <summary>The body as it was received, if it was JSON.</summary>
    public RawJson? Body { get; init; }

    /// <summary>The response that reported it; null where that is not known.</summary>
    internal IReceivedResponse? Response { get; private set; }

    /// <summary>Returns the same error of a response, with the id of the exchange if it has none.</summary>
    internal ServiceError Of(IReceivedResponse response, string? requestId) =>
        new(this) { RequestId = RequestId ?? requestId, Response = response };

    /// <summary>
    /// Returns the same error with the response that reported another one, such as one that says less of the same failure: exceptions read headers
    /// (<see cref="ZoetropeException.Header"/>) of that.
    /// </summary>
    /// <param name="other">The other error.</param>
    public ServiceError WithHeadersOf(ServiceError other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(this) { Response = other.Response };
    }

    /// <summary>Returns the same error, of the given kind.</summary>
    internal ServiceError WithKind(FailureKind kind) => new(this) { Kind = kind };

    /// <summary>
    /// The message, the fields and the request id in one line, shortened to fit into an exception message; <see cref="Message"/> and <see cref="Fields"/> hold
    /// the complete text.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder(Message);
        foreach (var field in Fields)
        {
            if (text.Length > MessageText.Longest)
                break;
            if (field.Path.Length > 0 || field.Message != Message)
                text.Append(text.Length > 0 ? "; " : "").Append(field.ToString());
        }
        var line = MessageText.Short(text.ToString());
        return RequestId is null ? line : $"{line} (request {MessageText.Short(RequestId, LongestRequestId)})";
    }
}
