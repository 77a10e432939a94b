namespace Zoetrope.Http;

/// <content>Headers.</content>
public sealed partial class TransportResponse
{
    /// <summary>Returns a header's value (the first, where there are several), also of the content; null where the header is missing.</summary>
    public string? Header(string name)
    {
        IEnumerable<string>? values = null;
        if (_headers?.TryGetValues(name, out values) != true && ContentHeaders?.TryGetValues(name, out values) != true)
            return null;
        foreach (var value in values!)
            return Redactor is null ? value : Redactor.Redact(value);
        return null;
    }

    /// <summary>Returns all values of a header; none where the header is missing.</summary>
    internal IEnumerable<string> HeaderValues(string name)
    {
        IEnumerable<string>? values = null;
        if (_headers?.TryGetValues(name, out values) != true && ContentHeaders?.TryGetValues(name, out values) != true)
            return [];
        return Redactor is null ? values! : values!.Select(value => Redactor.Redact(value)!);
    }

    /// <summary>The value of the first header whose name has this suffix: services differ in what precedes <c>request-id</c>.</summary>
    internal string? HeaderEndingWith(string ending)
    {
        if (_headers is null)
            return null;
        foreach (var (name, _) in _headers.NonValidated)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return Header(name);
        }
        return null;
    }
}
