namespace Zoetrope.CodeGen.Operations;

/// <content>The same call for the next page of a list.</content>
public sealed partial class OperationCall
{
    /// <summary>The value of a query parameter as it was given; null where it was not.</summary>
    /// <param name="name">The name.</param>
    internal string? InQuery(string name)
    {
        var start = Uri.EscapeDataString(name) + "=";
        var pair = Array.Find(Pairs(), pair => pair.StartsWith(start, StringComparison.Ordinal));
        return pair is null ? null : Uri.UnescapeDataString(pair[start.Length..]);
    }

    /// <summary>Makes it the call with another value of a query parameter.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    internal void Turn(string name, string value)
    {
        var start = Uri.EscapeDataString(name) + "=";
        var pairs = Pairs();
        ClearQuery();
        foreach (var pair in pairs)
        {
            if (!pair.StartsWith(start, StringComparison.Ordinal))
                NextInQuery().Append(pair);
        }
        Query<string, StringCodec>(name, value);
    }

    /// <summary>Makes it the call of a URL, with the method and the headers that it has.</summary>
    /// <param name="url">The absolute URL with its query; if the key belongs there, it is added unless the URL has it.</param>
    internal void TurnTo(Uri url)
    {
        ClearQuery();
        Written.Truncate(0);
        Written.Append(url.GetLeftPart(UriPartial.Query));
        _pathParts = null;
        _hasKey = _keyParameter is not { } key
            || Array.Exists(url.Query.TrimStart('?').Split('&'), pair => Uri.UnescapeDataString(pair.Split('=')[0]) == key);
    }

    private string[] Pairs() => _pathLength < 0 ? [] : new string(Written.Text[(_pathLength + 1)..]).Split('&');

    private void ClearQuery()
    {
        if (_pathLength >= 0)
            Written.Truncate(_pathLength);
        _pathLength = -1;
    }
}
