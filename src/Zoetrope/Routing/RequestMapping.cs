using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Routing;

/// <summary>
/// The steps of generated mappings of a neutral input to a provider's. They work on JSON, so that nothing is lost: a member that no step names is sent as it
/// is, also an undeclared one. A value that the provider cannot take is an issue, and nothing is sent.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RequestMapping
{
    private readonly string _provider;
    private readonly List<(string Name, RawJson Value)> _given = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<(string Path, string From)> _moves = [];
    private readonly List<ValidationIssue> _issues = [];
    private readonly List<string> _omitted = [];
    private readonly MappingNode _root = new();

    /// <summary>Reads the members of a neutral input.</summary>
    internal RequestMapping(string provider, RawJson input)
    {
        _provider = provider;
        using var scope = JsonSource.Enter(input.Memory);
        var reader = input.CreateReader();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!JsonStrings.TryName(ref reader, out var name))
                throw new ArgumentException("The name of a member of the input is not valid Unicode. Nothing was sent.");
            reader.Read();
            _given.Add((Encoding.UTF8.GetString(name), RawJson.Read(ref reader)));
        }
    }

    /// <summary>Sends a parameter as it is, somewhere else.</summary>
    public void Move(string from, string to)
    {
        if (Take(from, to, out var value))
            _root.Put(to, value);
    }

    /// <summary>Sends the value that a parameter's value means at the provider.</summary>
    /// <param name="from">The parameter.</param>
    /// <param name="to">The location in the provider's request.</param>
    /// <param name="values">Neutral values as text, each followed by the JSON that means it.</param>
    public void Values(string from, string to, params string[] values)
    {
        if (!Take(from, to, out var value) || PutNull(value, to))
            return;
        var text = MappingText.Of(value);
        for (var i = 0; i < values.Length; i += 2)
        {
            if (text is null || !MappingText.AreEqual(value, text, values[i]))
                continue;
            _root.Put(to, RawJson.Parse(values[i + 1]));
            return;
        }
        var known = string.Join(", ", values.Where(static (_, i) => i % 2 == 0).Select(static one => $"\"{one}\""));
        _issues.Add(new(from, ValidationRule.Enum, known, Shown(value)));
    }

    /// <summary>Sends a parameter's value as text.</summary>
    public void Text(string from, string to, string before, string after)
    {
        if (!Take(from, to, out var value) || PutNull(value, to))
            return;
        if (MappingText.Of(value) is { } text)
            _root.Put(to, before + text + after);
        else
            _issues.Add(new(from, ValidationRule.Type, "a text or a number", Shown(value)));
    }

    /// <summary>Sends the number that a parameter's text is.</summary>
    public void Number(string from, string to)
    {
        if (!Take(from, to, out var value) || PutNull(value, to))
            return;
        var text = MappingText.Of(value) ?? "";
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            _root.Put(to, RawJson.Parse(number.ToString(CultureInfo.InvariantCulture)));
        else
            _issues.Add(new(from, ValidationRule.Type, "a number", Shown(value)));
    }

    /// <summary>Sends each item of a list somewhere else.</summary>
    public void Spread(string from, params string[] to)
    {
        if (!Take(from, to[0], out var value) || value.Kind == JsonValueKind.Null)
            return;
        var items = CodeGen.Results.UnwrappedResult.Items(value)!;
        if (items.Count > to.Length)
            _issues.Add(new(from, ValidationRule.MaxItems, Digits(to.Length), Digits(items.Count)));
        for (var i = 0; i < Math.Min(items.Count, to.Length); i++)
        {
            _moves.Add((MappingNode.PathOf(to[i]), $"{from}[{Digits(i)}]"));
            _root.Put(to[i], items[i]);
        }
    }

    /// <summary>Sends a value with a parameter.</summary>
    public void With(string from, string to, string json)
    {
        if (Find(from, out var value) && value.Kind != JsonValueKind.Null)
            _root.Put(to, RawJson.Parse(json));
    }

    /// <summary>Sends a value when a parameter is not given.</summary>
    public void Default(string from, string to, string json)
    {
        if (!Find(from, out _))
            _root.Put(to, RawJson.Parse(json));
    }

    /// <summary>Sends a value always.</summary>
    public void Constant(string to, string json) => _root.Put(to, RawJson.Parse(json));

    /// <summary>Rules the provider out when a parameter is given.</summary>
    public void Refuse(string from)
    {
        if (Find(from, out var value) && _taken.Add(from) && value.Kind != JsonValueKind.Null)
            _issues.Add(new(from, ValidationRule.Unknown));
    }

    /// <summary>Omits a parameter that the provider does not have.</summary>
    public void Omit(string from)
    {
        if (Find(from, out _) && _taken.Add(from))
            _omitted.Add(from);
    }

    /// <summary>What is omitted, in words.</summary>
    internal IEnumerable<string> Warnings => _omitted.Select(name => $"{_provider} does not support '{name}'; it was omitted.");

    /// <summary>The same as the beginning of a sentence.</summary>
    internal string Missing => $"{_provider} does not have {string.Join(", ", _omitted.Select(static name => $"'{name}'"))}";

    /// <summary>Replaces members of the provider's request.</summary>
    internal void Add(ExtraProperties extras)
    {
        foreach (var (name, value) in extras)
        {
            _taken.Add(name);
            _root.Replace(name, value);
        }
    }

    /// <summary>Reads the provider's input.</summary>
    internal TRequest To<TRequest>()
        where TRequest : class, IModelRequest<TRequest>
    {
        foreach (var (name, value) in _given)
        {
            if (_taken.Contains(name))
                continue;
            // Another parameter means this one here: neither may silently replace the other.
            if (_root.Has(name))
                _issues.Add(new(name, ValidationRule.Unknown));
            else
                _root.Replace(name, value);
        }
        if (_root.FirstGap("") is { } gap)
            _issues.Add(new(MappingNode.PathOf(gap), ValidationRule.Required));
        var writer = new JsonWriter();
        _root.Write(writer);
        return JsonModel.FromUtf8<TRequest>(writer.Written.Span);
    }

    /// <summary>What was given and cannot be sent to the provider, so that it is not in its input. No input with such issues may be sent.</summary>
    internal IReadOnlyList<ValidationIssue> Lost => _issues;

    /// <summary>The issues of the mapping, and those of the provider's input at the parameters that they are about.</summary>
    internal ValidationResult Join(ValidationResult own)
    {
        var issues = new List<ValidationIssue>(_issues);
        foreach (var issue in own.All)
        {
            var renamed = Rename(issue);
            if (!issues.Exists(known => known.Path == renamed.Path))
                issues.Add(renamed);
        }
        return new ValidationResult(issues);
    }

    private ValidationIssue Rename(ValidationIssue issue)
    {
        foreach (var (path, from) in _moves)
        {
            var isInside = issue.Path.StartsWith(path, StringComparison.Ordinal) && (issue.Path.Length == path.Length || issue.Path[path.Length] is '.' or '[');
            if (isInside)
                return issue with { Path = string.Concat(from, issue.Path.AsSpan(path.Length)) };
        }
        return issue;
    }

    private bool Take(string from, string to, out RawJson value)
    {
        _moves.Add((MappingNode.PathOf(to), from));
        return Find(from, out value) && _taken.Add(from);
    }

    private bool PutNull(RawJson value, string to)
    {
        if (value.Kind != JsonValueKind.Null)
            return false;
        _root.Put(to, value);
        return true;
    }

    /// <summary>A parameter as it was given.</summary>
    internal bool Find(string name, out RawJson value)
    {
        foreach (var (given, found) in _given)
        {
            value = found;
            if (given == name)
                return true;
        }
        value = default;
        return false;
    }

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Shown(RawJson value)
    {
        const int Most = 60;
        var text = value.ToString();
        return text.Length <= Most ? text : string.Concat(text.AsSpan(0, Most), "…");
    }
}
