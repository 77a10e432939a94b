using Microsoft.Extensions.AI;
using Zoetrope.Clients;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Extensions.AI.Mapping;

/// <summary>The input of a model as it is put together: members by the names of the model's document, and warnings about what it does not have.</summary>
internal sealed class RequestBuilder(MediaClient client, ModelParameters parameters)
{
    private readonly OrderedDictionary<string, RawJson> _members = new(StringComparer.Ordinal);

    public ModelParameters Parameters => parameters;

    public ModelFiles Files { get; } = new(client);

    public List<string> Warnings { get; } = [];

    /// <summary>The name of the model in messages.</summary>
    public string Model => $"{parameters.Model.Endpoint.Id} at {client.Provider}";

    public RawJson Json => JsonValues.Object(_members);

    public bool Has(ParameterInfo? parameter) => parameter is not null && _members.ContainsKey(parameter.Name);

    public RawJson? ValueOf(ParameterInfo? parameter) => parameter is not null && _members.TryGetValue(parameter.Name, out var value) ? value : null;

    /// <summary>Sets a member, or warns that the caller has set another value by its name, which takes precedence.</summary>
    public void Set(ParameterInfo parameter, RawJson value)
    {
        if (!_members.TryAdd(parameter.Name, value) && _members[parameter.Name] != value)
            WarnGiven(parameter);
    }

    /// <summary>Warns that a part of the request was not sent, because the caller has set the member by its name. Values are not named.</summary>
    public void WarnGiven(ParameterInfo parameter) =>
        Warn($"{parameter.Name} was given by its name, and what the request has for it otherwise was not sent.");

    /// <summary>Sets a member that a part of the request differs in.</summary>
    public void Replace(ParameterInfo parameter, RawJson value) => _members[parameter.Name] = value;

    /// <summary>Sets a member to the first value that the model's validator accepts; false where it accepts none.</summary>
    public bool TrySet(ParameterInfo parameter, params ReadOnlySpan<RawJson> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (!_members.TryAdd(parameter.Name, candidate))
                return true;
            if (IsAccepted(parameter))
                return true;
            _members.Remove(parameter.Name);
        }
        return false;
    }

    /// <summary>Whether the model's validator has nothing against the value of a member.</summary>
    public bool IsAccepted(ParameterInfo parameter)
    {
        foreach (var issue in Validate().Issues)
        {
            if (issue.Path == parameter.Name
                || (issue.Path.StartsWith(parameter.Name, StringComparison.Ordinal) && issue.Path[parameter.Name.Length] is '.' or '['))
                return false;
        }
        return true;
    }

    /// <summary>Whether the model's validator has something against the value of a member as a whole: its type, or that it is not a known one.</summary>
    public bool HasIssueAt(ParameterInfo parameter) => Validate().Issues.Any(issue => issue.Path == parameter.Name);

    public void Remove(ParameterInfo parameter) => _members.Remove(parameter.Name);

    public ValidationResult Validate() => parameters.Model.Endpoint.Validate(Json);

    /// <summary>Sets what the caller gives by the names of the model: the raw representation, whole, and additional properties that are parameters.</summary>
    /// <exception cref="ArgumentException">A value cannot be converted.</exception>
    public void SetGiven(object? raw, AdditionalPropertiesDictionary? properties)
    {
        if (raw is not null)
        {
            foreach (var (name, value) in JsonValues.Members(JsonValues.From(raw, "the raw representation", Files)))
                _members[name] = value;
        }
        foreach (var (name, value) in properties ?? [])
        {
            if (parameters.Find(name) is { } parameter)
                _members[parameter.Name] = JsonValues.From(value, name, Files);
            else
                Warn($"{Model} has no parameter '{name}', which was not sent. It has {parameters.Names}.");
        }
    }

    /// <summary>Sets the prompt.</summary>
    /// <exception cref="NotSupportedException">The model takes none.</exception>
    public void SetPrompt(string? prompt)
    {
        if (string.IsNullOrEmpty(prompt))
            return;
        Set(parameters.Prompt ?? throw new NotSupportedException($"{Model} takes no prompt. Nothing was sent."), prompt);
    }

    /// <summary>Sets a parameter to an option, or warns that the model does not have it.</summary>
    public void SetOption(ParameterInfo? parameter, string option, params ReadOnlySpan<RawJson> candidates)
    {
        if (Has(parameter))
            return;
        if (parameter is null)
            Warn($"{Model} has no parameter for {option}, which was not sent.");
        else if (!TrySet(parameter, candidates))
            Warn($"{Model} does not take {candidates[0]} as {option}{Known(parameter)}, which was not sent.");
    }

    /// <summary>
    /// Sets a parameter to an option in the form that the model's validator accepts. Where it accepts none, the first is set, and the validation refuses the
    /// request: what was asked for is not replaced by the model's default.
    /// </summary>
    public void SetStrictly(ParameterInfo? parameter, string option, params ReadOnlySpan<RawJson> candidates)
    {
        if (Has(parameter))
            return;
        if (parameter is null)
            Warn($"{Model} has no parameter for {option}, which was not sent.");
        else if (!TrySet(parameter, candidates))
            Set(parameter, candidates[0]);
    }

    /// <summary>Sets the format of the files by their media type.</summary>
    public void SetFormat(string? mediaType)
    {
        if (string.IsNullOrEmpty(mediaType) || Has(parameters.Format))
            return;
        var subtype = mediaType[(mediaType.IndexOf('/', StringComparison.Ordinal) + 1)..];
        string[] names = subtype is "jpeg" or "jpg" ? ["jpeg", "jpg", mediaType] : subtype is "tiff" ? ["tiff", "tif", mediaType] : [subtype, mediaType];
        // A document may write it in capitals.
        var known = parameters.Format?.Values?.FirstOrDefault(value => names.Contains(value, StringComparer.OrdinalIgnoreCase));
        SetOption(parameters.Format, $"the media type {mediaType}", known ?? names[0]);
    }

    public void Warn(string warning)
    {
        if (!Warnings.Contains(warning))
            Warnings.Add(warning);
    }

    private static string Known(ParameterInfo parameter) => parameter.Values is { } values ? $" ({parameter.Name}: {string.Join(", ", values)})" : "";
}
