using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.CodeGen.Results;

/// <summary>The building blocks of generated mappings of a provider's result to a neutral one. What they do not name is kept under its own name.</summary>
/// <param name="output">The provider's result.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ResultMapping(RawJson output)
{
    private readonly List<(string Name, RawJson Value, bool IsSingle, bool IsFile)> _members = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Takes a member of the neutral result from its location in the provider's; nothing where that has none.</summary>
    /// <param name="name">The member.</param>
    /// <param name="pointer">Its location, a JSON Pointer.</param>
    /// <param name="single">Whether it is a single value, so that the first item of an array is used.</param>
    /// <param name="file">Whether it is a file, so that a bare URL is wrapped in an object.</param>
    public ResultMapping Take(string name, string pointer, bool single, bool file)
    {
        var value = output;
        var steps = JsonPointers.Steps(pointer);
        foreach (var step in steps)
        {
            if (!TryStep(value, step, out value))
                return this;
        }
        // A whole member is not kept twice.
        if (steps.Length <= 1)
            _taken.Add(steps.Length == 0 ? "" : steps[0]);
        _members.Add((name, value, single, file));
        return this;
    }

    /// <summary>Reads the neutral result.</summary>
    public TResult To<TResult>()
        where TResult : IJsonModel<TResult>
    {
        var writer = new JsonWriter();
        writer.WriteStartObject();
        foreach (var (name, value, isSingle, isFile) in _members)
        {
            writer.WritePropertyName(name);
            NeutralMap.WriteMember(writer, value, isSingle, isFile);
        }
        if (output.Kind == JsonValueKind.Object)
            WriteRest(writer);
        writer.WriteEndObject();
        return JsonModel.FromUtf8<TResult>(writer.Written.Span);
    }

    private void WriteRest(JsonWriter writer)
    {
        using var scope = JsonSource.Enter(output.Memory);
        var reader = output.CreateReader();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = NameAt(ref reader);
            reader.Read();
            var value = RawJson.Read(ref reader);
            if (name is null || _taken.Contains(name) || _members.Exists(member => member.Name == name))
                continue;
            writer.WritePropertyName(name);
            value.Write(writer);
        }
    }

    // A name that is not valid Unicode stays in the provider's own result, which is given too.
    private static string? NameAt(ref Utf8JsonReader reader) => JsonStrings.TryName(ref reader, out var name) ? Encoding.UTF8.GetString(name) : null;

    private static bool TryStep(RawJson value, string step, out RawJson found)
    {
        found = default;
        if (value.Kind == JsonValueKind.Array)
        {
            var items = UnwrappedResult.Items(value)!;
            var isThere = int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Count;
            found = isThere ? items[index] : default;
            return isThere;
        }
        if (value.Kind != JsonValueKind.Object)
            return false;
        using var scope = JsonSource.Enter(value.Memory);
        var reader = value.CreateReader();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = NameAt(ref reader) == step;
            reader.Read();
            var member = RawJson.Read(ref reader);
            if (isIt)
                found = member;
            if (isIt)
                return true;
        }
        return false;
    }
}
