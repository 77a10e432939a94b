using System.Text;
using Zoetrope.Json;

namespace Zoetrope;

/// <summary>An error as a provider told it, whichever of its shapes it used.</summary>
public sealed class ServiceError
{
    /// <summary>The message in the provider's words.</summary>
    public required string Message { get; init; }

    /// <summary>The provider's machine-readable kind, such as <c>content_policy_violation</c> or <c>INPUT_VALIDATION_ERROR</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The problems of single fields, where the provider names them.</summary>
    public IReadOnlyList<FieldError> Fields { get; init; } = [];

    /// <summary>The provider's id of the HTTP exchange, for its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether the provider says that the same request may succeed later; null where it does not say.</summary>
    public bool? Retryable { get; init; }

    /// <summary>The body as it came, when it was JSON.</summary>
    public RawJson? Body { get; init; }

    /// <summary>The message, the fields and the request id in one line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Message);
        foreach (var field in Fields)
        {
            if (field.Path.Length > 0 || field.Message != Message)
                text.Append(text.Length > 0 ? "; " : "").Append(field.ToString());
        }
        if (RequestId is not null)
            text.Append(" (request ").Append(RequestId).Append(')');
        // A service must not write lines of its own into logs and terminals.
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
                text[i] = ' ';
        }
        return text.ToString();
    }
}

/// <summary>A problem of one field, as a provider told it.</summary>
/// <param name="Path">Where, such as <c>image_urls[0]</c>; empty where the provider does not say.</param>
/// <param name="Message">The message in the provider's words.</param>
/// <param name="Type">The provider's machine-readable kind, such as <c>image_too_small</c>.</param>
/// <param name="Context">Limits and values that the provider adds (<c>ctx</c>).</param>
public sealed record FieldError(string Path, string Message, string? Type = null, RawJson? Context = null)
{
    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
