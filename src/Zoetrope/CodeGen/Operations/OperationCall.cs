using System.ComponentModel;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Json;
using Zoetrope.Operations;
using Zoetrope.Validation;

namespace Zoetrope.CodeGen.Operations;

/// <summary>
/// One call of an operation, put together by generated code: first the path from left to right, then the rest in any order. What is not set is not called.
/// It is sent once, by the client.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class OperationCall
{
    // Addresses take a backslash for a slash.
    private static readonly char[] SegmentEnds = ['/', '\\', '?', '#'];

    private readonly StringBuilder _path = new(64);
    private readonly List<KeyValuePair<string, string>> _headers = [];
    private StringBuilder? _query;
    private StringBuilder? _cookies;
    private List<PathPart>? _pathParts;
    private ValidationContext _rules;

    // What cannot be sent as it is, whether or not the user wants the document's rules to be checked.
    private ValidationContext _unwritable;

    /// <summary>Begins a call.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="name">The operation's name, for messages, activities and meters.</param>
    public OperationCall(HttpMethod method, string name)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Method = method;
        Name = name;
    }

    /// <summary>
    /// Where what is wrong with the request is collected, by one call a rule as in validators: <c>call.Rules.Length(assetId, "asset_id", 1, 64)</c>. The client
    /// throws all of it at once, before anything is sent.
    /// </summary>
    public ref ValidationContext Rules => ref _rules;

    internal HttpMethod Method { get; }

    internal string Name { get; }

    internal string? AcceptedTypes { get; private set; }

    internal string? ServerUrl { get; private set; }

    internal bool IsAnonymous { get; private set; }

    internal bool IsKeyOptional { get; private set; }

    internal bool TakesRedirects { get; private set; }

    internal bool TakesNotModified { get; private set; }

    internal RequestBody? Body { get; private set; }

    internal List<KeyValuePair<string, string>> Headers => _headers;

    internal string? Cookies => _cookies?.ToString();

    /// <summary>A piece of the path as it is.</summary>
    /// <param name="path">The piece; the first begins with a slash.</param>
    public OperationCall Literal(string path)
    {
        _path.Append(path);
        return this;
    }

    /// <summary>The media types that the answer may have; without it, those that fit what the client makes of the answer.</summary>
    public OperationCall Accept(string mediaTypes)
    {
        AcceptedTypes = mediaTypes;
        return this;
    }

    /// <summary>
    /// The server of an operation that is not at the API's own. It must be among <see cref="ApiDefinition.Hosts"/>. Where the user has set a base URL, that
    /// replaces this one too.
    /// </summary>
    public OperationCall Server(string url)
    {
        ServerUrl = url;
        return this;
    }

    /// <summary>Says that the operation needs no key; then none is sent.</summary>
    public OperationCall Anonymous()
    {
        IsAnonymous = true;
        return this;
    }

    /// <summary>Says that the operation can be called without a key: one that there is is sent, and without one nothing is refused.</summary>
    public OperationCall KeyOptional()
    {
        IsKeyOptional = true;
        return this;
    }

    /// <summary>Says that a redirect is what the operation gives: status and <c>Location</c> are the caller's, and nothing is followed.</summary>
    public OperationCall Redirect()
    {
        TakesRedirects = true;
        return this;
    }

    /// <summary>Says that the operation can answer 304, which is thrown as <see cref="NotModifiedException"/>.</summary>
    public OperationCall NotModified()
    {
        TakesNotModified = true;
        return this;
    }

    /// <summary>Checks a part of the request; null is fine.</summary>
    /// <param name="value">The part.</param>
    /// <param name="path">Its name in messages; empty for the request as a whole.</param>
    public OperationCall Validate(IValidatable? value, string path = "")
    {
        _rules.Nested(value, path);
        return this;
    }

    internal void AddKey(ApiKeyLocation place, string key)
    {
        if (place.QueryName is { } parameter)
            Query<string, StringCodec>(parameter, key);
        else if (place.CookieName is { } cookie)
            Cookie<string, StringCodec>(cookie, key);
    }

    /// <summary>Throws when something is wrong.</summary>
    /// <param name="rules">Whether the document's rules count too.</param>
    internal void Check(bool rules)
    {
        CheckSegments(_path.ToString());
        var problems = _unwritable.ToResult();
        if (rules && _rules.ToResult() is { IsValid: false } broken)
            problems = problems.IsValid ? broken : new ValidationResult([.. problems.Issues, .. broken.Issues]);
        problems.ThrowIfInvalid();
    }

    /// <summary>Whether the path is a whole URL.</summary>
    internal bool IsAbsolute => _path.Length > 0 && _path[0] != '/';

    /// <summary>The path with the query.</summary>
    internal string Target()
    {
        var path = _path.ToString();
        if (_query is null || _query.Length == 0)
            return path;
        return path + (path.Contains('?') ? '&' : '?') + _query;
    }

    /// <summary>Reports parameters that are empty, and those that make a segment to <c>.</c> or <c>..</c>, which would be another path.</summary>
    private void CheckSegments(string path)
    {
        foreach (var part in _pathParts ?? [])
        {
            var start = path.AsSpan(0, part.Start).LastIndexOfAny(SegmentEnds) + 1;
            var end = path.IndexOfAny(SegmentEnds, part.End);
            var segment = path[start..(end < 0 ? path.Length : end)];
            if (part.IsEmpty || segment is "." or "..")
                _unwritable.Add(part.Name, ValidationRule.PathSegment, "a part of a path", part.IsEmpty ? "empty" : $"'{segment}', which leads to another one");
        }
    }

    private readonly record struct PathPart(string Name, int Start, int End, bool IsEmpty);
}
