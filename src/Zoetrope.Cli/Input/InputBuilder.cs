using System.Buffers;
using System.Text.Json;
using Zoetrope.Formats;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Uploads;
using Zoetrope.Validation;

namespace Zoetrope.Cli.Input;

/// <summary>
/// Makes the JSON input of a model out of <c>--input-json</c>, <c>--input</c> and <c>--extra</c>, in this order: what comes later wins. Text becomes
/// what the parameter's declared type says, or JSON where it is JSON and the model's parameters are not known; text that does not fit stays a string, so that
/// the model's own validation reports it.
/// </summary>
internal sealed class InputBuilder(IReadOnlyList<ParameterInfo>? parameters)
{
    private readonly Dictionary<string, RawJson> _members = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private static readonly string[] FileWords = ["url", "urls", "image", "images", "video", "audio", "file", "mask"];

    private readonly List<(string Name, string Path, string Text)> _uploads = [];
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
                Set(name, value);
            else
                RefuseUnknown(name);
        }
    }

    /// <summary>Takes a text of a table.</summary>
    public void AddText(string name, string text)
    {
        if (Takes(name))
            Set(name, Convert(name, Find(name)?.Type, text));
        else
            RefuseUnknown(name);
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
            if (value.StartsWith('@') && TryUpload(name, value[1..]))
                continue;
            if (IsLocalFile(value))
                _localFiles.Add(name);
            Set(name, Convert(name, Find(name)?.Type, value));
        }
    }

    /// <summary>The files that the submit uploads first: their names, their paths, and the texts that stand for them, which keep them.</summary>
    public IReadOnlyList<(string Name, string Path, string Text)> Uploads => _uploads;

    /// <summary>
    /// Takes a file that the submit uploads. A text that only begins with <c>@</c>, such as a prompt that refers to an element, is none: the file must be
    /// there, or the parameter one of files.
    /// </summary>
    private bool TryUpload(string name, string path)
    {
        if (!IsLocalFile(path))
        {
            if (!FileWords.Any(word => name.EndsWith(word, StringComparison.OrdinalIgnoreCase)))
                return false;
            IsIncomplete = true;
            Report(name, $"there is no file '{path}'");
            return true;
        }
        string text = UploadFile.FromFile(path);
        _uploads.Add((name, path, text));
        Set(name, Find(name)?.Type == "array" ? RawJson.Parse($"[\"{text}\"]") : text);
        return true;
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
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var name in _order)
            {
                writer.WritePropertyName(name);
                _members[name].Write(writer);
            }
            writer.WriteEndObject();
        }
        return RawJson.Parse(buffer.WrittenSpan);
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

    private void RefuseUnknown(string name)
    {
        HasUnknownNames = true;
        var near = NameSuggestions.Of(name, parameters!.Select(parameter => parameter.Name));
        var message = new ValidationIssue(name, ValidationRule.Unknown, near.Count == 0 ? null : string.Join(", ", near)).Message;
        Problems.Add(new InputProblem(name, message) { IsUnknownName = true });
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

    private static bool IsLocalFile(string value)
    {
        // Only what looks like a path, so that no prompt is taken for one.
        return value.Length is > 0 and < 4096
            && value.IndexOfAny(['/', '\\', '.']) >= 0
            && !value.Contains('\0', StringComparison.Ordinal)
            && File.Exists(value);
    }

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
