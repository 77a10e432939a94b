using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Zoetrope.Protocol;

/// <summary>Takes the key out of what a service echoes.</summary>
internal sealed class KeyRedactor
{
    private const int ShortestSecret = 8;
    private readonly List<(string Text, byte[] Utf8)> _secrets = [];

    /// <summary>Takes these secrets out, and what stands in them behind a scheme or a user's name.</summary>
    public KeyRedactor(params ReadOnlySpan<string?> secrets)
    {
        foreach (var secret in secrets)
        {
            if (string.IsNullOrEmpty(secret))
                continue;
            Add(secret);
            Add(secret[(secret.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            Add(secret[(secret.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        }
    }

    /// <summary>The body without the key; the same bytes when it does not hold it.</summary>
    public ReadOnlyMemory<byte> Redact(ReadOnlyMemory<byte> body)
    {
        foreach (var (text, utf8) in _secrets)
        {
            if (body.Span.IndexOf(utf8) >= 0)
                body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span).Replace(text, "***", StringComparison.Ordinal));
        }
        return body;
    }

    /// <summary>The error without the key, also where it was written with escapes.</summary>
    public ServiceError Redact(ServiceError error)
    {
        if (!Holds(error.ToString()) && !Holds(error.Type))
            return error;
        var fields = new List<FieldError>(error.Fields.Count);
        foreach (var field in error.Fields)
            fields.Add(new FieldError(Redact(field.Path), Redact(field.Message), Redact(field.Type)));
        return new ServiceError
        {
            Message = Redact(error.Message),
            Type = Redact(error.Type),
            Fields = fields,
            RequestId = Redact(error.RequestId),
            Retryable = error.Retryable,
        };
    }

    /// <summary>The text without the key; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Redact(string? text)
    {
        foreach (var (secret, _) in _secrets)
            text = text?.Replace(secret, "***", StringComparison.Ordinal);
        return text;
    }

    private void Add(string secret)
    {
        if (secret.Length >= ShortestSecret && !_secrets.Exists(known => known.Text == secret))
            _secrets.Add((secret, Encoding.UTF8.GetBytes(secret)));
    }

    private bool Holds(string? text)
    {
        foreach (var (secret, _) in _secrets)
        {
            if (text is not null && text.Contains(secret, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
