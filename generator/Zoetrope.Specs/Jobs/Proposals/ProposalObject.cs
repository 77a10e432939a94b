using System.Globalization;
using System.Text;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>An object of a declaration while it is proposed. Members can be taken away again.</summary>
internal sealed class ProposalObject
{
    private readonly List<(string Name, object Value)> _members = [];

    /// <summary>Whether it has no members.</summary>
    public bool IsEmpty => _members.Count == 0;

    /// <summary>The object of a name; it is made where there is none.</summary>
    public ProposalObject this[string name]
    {
        get
        {
            if (_members.Find(member => member.Name == name).Value is ProposalObject known)
                return known;
            var made = new ProposalObject();
            _members.Add((name, made));
            return made;
        }
    }

    /// <summary>Adds a member: a text, texts, objects, a number or a boolean.</summary>
    public void Add(string name, object value) => _members.Add((name, value));

    /// <summary>Takes away what a pointer leads to, or the nearest member around it that declarations can do without; false where there is none.</summary>
    public bool Remove(string pointer)
    {
        var steps = JsonPointer.Steps(pointer);
        if (steps.Length == 0)
            return false;
        var index = _members.FindIndex(member => member.Name == steps[0]);
        if (index < 0)
            return false;
        var rest = steps.Length > 1 ? "/" + string.Join("/", steps.Skip(1).Select(JsonPointer.Escape)) : "";
        switch (_members[index].Value)
        {
            case ProposalObject inner when rest.Length > 0 && steps[0] is "submit" or "status" or "result":
                return inner.Remove(rest);
            case List<ProposalObject> items when rest.Length > 0 && JsonPointer.IsIndex(steps[1]):
                items.RemoveAt(int.Parse(steps[1], CultureInfo.InvariantCulture));
                if (items.Count == 0)
                    _members.RemoveAt(index);
                return true;
            default:
                if (steps[0] is "provider" or "name" or "document" or "keys" or "submit" or "status" or "operation" or "id" or "word" or "succeeded")
                    return false;
                _members.RemoveAt(index);
                return true;
        }
    }

    /// <summary>Whether it has a member.</summary>
    public bool Has(string name) => _members.Exists(member => member.Name == name);

    /// <summary>The object of a name; null where there is none.</summary>
    public ProposalObject? Inner(string name) => _members.Find(member => member.Name == name).Value as ProposalObject;

    /// <summary>How many objects a list has.</summary>
    public int CountOf(string name) => _members.Find(member => member.Name == name).Value is IReadOnlyList<ProposalObject> items ? items.Count : 0;

    /// <summary>Writes it as JSON.</summary>
    public string Write()
    {
        var json = new StringBuilder();
        Write(json, this, "\n");
        return json.Append('\n').ToString();
    }

    private static void Write(StringBuilder json, object value, string newLine)
    {
        var inner = newLine + "  ";
        switch (value)
        {
            case ProposalObject parts:
                var members = parts._members.Where(member => member.Value is not ProposalObject { IsEmpty: true }).ToList();
                WriteAll(json, '{', '}', members, newLine, member =>
                {
                    json.Append(JsonStrings.Quote(member.Name)).Append(": ");
                    Write(json, member.Value, inner);
                });
                break;
            case IReadOnlyList<ProposalObject> items:
                WriteAll(json, '[', ']', items, newLine, item => Write(json, item, inner));
                break;
            case IReadOnlyList<string> { Count: 1 } texts:
                json.Append(JsonStrings.Quote(texts[0]));
                break;
            case IReadOnlyList<string> texts:
                WriteAll(json, '[', ']', texts, newLine, text => json.Append(JsonStrings.Quote(text)));
                break;
            case string text:
                json.Append(JsonStrings.Quote(text));
                break;
            case bool flag:
                json.Append(flag ? "true" : "false");
                break;
            default:
                json.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder json, char open, char close, IReadOnlyList<T> items, string newLine, Action<T> write)
    {
        json.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            json.Append(i > 0 ? "," : "").Append(newLine).Append("  ");
            write(items[i]);
        }
        json.Append(newLine).Append(close);
    }
}
