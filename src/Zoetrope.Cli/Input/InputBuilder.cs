using System.Text.Json;
using Zoetrope.Formats;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Uploads;
using Zoetrope.Validation;

namespace Zoetrope.Cli.Input;

/// <summary>
/// Creates the JSON input of a model out of <c>--input-json</c>, <c>--input</c> and <c>--extra</c>, in this order: what comes later wins. Text becomes
/// what the parameter's declared type says, or JSON where it is JSON and the model's parameters are not known; text that does not fit stays a string, so that
/// the model's own validation reports it.
/// </summary>
/// <param name="parameters">The model's parameters; null where they are not known.</param>
/// <param name="standIn">
/// Creates the text that stands for a file. Given, files are also named by texts in JSON and in tables; by default only by <c>--input</c>.
/// </param>
internal sealed partial class InputBuilder(IReadOnlyList<ParameterInfo>? parameters, Func<string, string>? standIn = null)
{
    private readonly bool _takesFiles = standIn is not null;
    private readonly Func<string, string> _standInOf = standIn ?? (static path => UploadFile.FromFile(path));
    private readonly Dictionary<string, RawJson> _members = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly HashSet<string> _localFiles = new(StringComparer.Ordinal);

    /// <summary>What is wrong before any validation: each with its path.</summary>
    public List<InputProblem> Problems { get; } = [];

    /// <summary>Whether one of the problems is an unknown name.</summary>
    public bool HasUnknownNames { get; private set; }

    /// <summary>Whether something could not be read at all, so that what is missing may have been in it.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>The parameters whose text, given with <c>--input</c>, is the path of a file on this machine.</summary>
    public IReadOnlyCollection<string> LocalFiles => _localFiles;

    /// <summary>Takes the members of a JSON object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    public void AddObject(ReadOnlySpan<byte> json, string source)
    {
        // Files that Windows editors wrote begin with a byte order mark.
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        RawJson document;
        try
        {
            document = RawJson.Parse(json);
        }
        catch (JsonException exception)
        {
            IsIncomplete = true;
            Report("--input-json", $"{source} is not JSON: {JsonWords.Of(exception, json)}");
            return;
        }
        if (document.Kind != JsonValueKind.Object)
        {
            IsIncomplete = true;
            Report("--input-json", $"{source} must contain a JSON object");
            return;
        }
        AddMembers(document, "--input-json", source);
    }

    /// <summary>Takes the members of a JSON object.</summary>
    /// <param name="document">The object.</param>
    /// <param name="option">Where it comes from, as the path of problems.</param>
    /// <param name="source">The same in words.</param>
    /// <param name="isOther">Whether a member is not one of the input; none is by default.</param>
    public void AddMembers(RawJson document, string option, string source, Func<string, bool>? isOther = null)
    {
        var reader = document.CreateReader();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = NameOf(ref reader);
            reader.Read();
            var value = RawJson.Read(ref reader);
            if (name is null)
                Report(option, $"{source} has a name that is not valid Unicode");
            else if (isOther?.Invoke(name) == true)
                continue;
            else if (Takes(name))
                Set(name, _takesFiles ? WithFiles(name, name, value) : value);
            else
                RefuseUnknown(name);
        }
    }

    /// <summary>Takes a text of a table.</summary>
    public void AddText(string name, string text)
    {
        if (!Takes(name))
            RefuseUnknown(name);
        else if (_takesFiles && text.StartsWith('@'))
            SetFile(name, text);
        else
            SetText(name, text);
    }

    /// <summary>Takes the <c>NAME=VALUE</c> texts of <c>--input</c>.</summary>
    public void AddInputs(IReadOnlyList<string> texts)
    {
        foreach (var (name, value) in Split(texts, "--input", "NAME=VALUE"))
        {
            if (!Takes(name))
            {
                RefuseUnknown(name);
                continue;
            }
            if (value.StartsWith('@'))
            {
                SetFile(name, value);
                continue;
            }
            if (IsLocalFile(value))
                _localFiles.Add(name);
            SetText(name, value);
        }
    }

    /// <summary>Takes the <c>NAME=FILE</c> texts of <c>--file</c>: each file becomes a data URI.</summary>
    public async Task AddFilesAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        foreach (var (name, path) in Split(texts, "--file", "NAME=FILE"))
        {
            if (!Takes(name))
            {
                RefuseUnknown(name);
                continue;
            }
            try
            {
                Set(name, await DataUri.FromFileAsync(path, cancellationToken));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                IsIncomplete = true;
                Report(name, $"cannot read the file '{path}': {exception.Message}");
            }
        }
    }

    /// <summary>Takes the <c>NAME=JSON</c> texts of <c>--extra</c>, whether the model declares the names or not.</summary>
    public void AddExtras(IReadOnlyList<string> texts)
    {
        foreach (var (name, value) in Split(texts, "--extra", "NAME=JSON"))
        {
            try
            {
                Set(name, RawJson.Parse(value));
            }
            catch (JsonException exception)
            {
                Report(name, $"the value of --extra is not valid JSON (text needs double quotes): {JsonWords.Of(exception, value)}");
            }
        }
    }

    /// <summary>The input as one JSON object.</summary>
    public RawJson Build()
    {
        var writer = new JsonWriter();
        writer.WriteStartObject();
        foreach (var name in _order)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(_members[name].Utf8);
        }
        writer.WriteEndObject();
        return RawJson.Parse(writer.Written.Span);
    }

    private IEnumerable<(string Name, string Value)> Split(IReadOnlyList<string> texts, string option, string form)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                IsIncomplete = true;
                Report(option, $"must be {form}, but is '{text}'");
            }
            else if (!seen.Add(text[..at]))
                Report(text[..at], $"is given twice with {option}");
            else
                yield return (text[..at], text[(at + 1)..]);
        }
    }

    private RawJson Convert(string name, string? type, string text)
    {
        switch (type)
        {
            case "string":
                return text;
            case "boolean":
                return bool.TryParse(text, out var flag) ? flag : text;
            case "integer" or "number":
                return JsonWords.TryParse(text, out var number, out _) && number.Kind == JsonValueKind.Number ? number : text;
            case "array" or "object":
                if (JsonWords.TryParse(text, out var json, out var error))
                    return json;
                Report(name, $"an {type} must be given as JSON, and this is not valid: {error}");
                return text;
            default:
                return JsonWords.TryParse(text, out var any, out _) ? any : text;
        }
    }

    // A list or an object may name files as well.
    private void SetText(string name, string text)
    {
        var value = Convert(name, Find(name)?.Type, text);
        Set(name, _takesFiles && value.Kind != JsonValueKind.String ? WithFiles(name, name, value) : value);
    }

    private void RefuseUnknown(string name)
    {
        HasUnknownNames = true;
        var near = NameSuggestions.Of(name, parameters!.Select(parameter => parameter.Name));
        var message = new ValidationIssue(name, ValidationRule.Unknown, near.Count == 0 ? null : string.Join(", ", near)).Message;
        Problems.Add(new InputProblem(name, message) { IsUnknownName = true, Rule = ValidationRule.Unknown });
    }

    private void Report(string path, string message) => Problems.Add(new InputProblem(path, message));

    private static string? NameOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // A value that was read alone may be one level too deep for the object that it goes into.
    private static bool IsTooDeep(RawJson value)
    {
        var reader = value.CreateReader();
        while (reader.Read())
        {
            if (reader.CurrentDepth >= reader.CurrentState.Options.MaxDepth - 1 && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                return true;
        }
        return false;
    }

    /// <summary>Whether the model has a parameter; always true if its parameters are not known.</summary>
    private bool Takes(string name) => parameters is null || Find(name) is not null;

    private ParameterInfo? Find(string name) => parameters?.FirstOrDefault(parameter => parameter.Name == name);

    private void Set(string name, RawJson value)
    {
        if (IsTooDeep(value))
        {
            Report(name, "is nested too deeply");
            return;
        }
        if (!_members.ContainsKey(name))
            _order.Add(name);
        _members[name] = value;
    }
}
