using System.Text;
using System.Text.Json;

namespace Zoetrope.Fuzz;

/// <summary>
/// JSON that can be taken apart and put together again, also in ways that no JSON library allows: names given twice, halves of surrogate pairs, any nesting.
/// </summary>
public sealed class MutableJson
{
    private MutableJson(char kind, string text = "")
    {
        Kind = kind;
        Text = text;
    }

    /// <summary><c>{</c>, <c>[</c>, <c>"</c>, or <c>0</c> for a literal whose text is <see cref="Text"/>.</summary>
    public char Kind { get; set; }

    /// <summary>The content of a string, or the text of a literal.</summary>
    public string Text { get; set; }

    /// <summary>What is inside; the names of items are not used.</summary>
    public List<(string Name, MutableJson Value)> Children { get; } = [];

    /// <summary>Reads valid JSON.</summary>
    public static MutableJson Parse(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
        return Of(document.RootElement);
    }

    /// <summary>A string.</summary>
    public static MutableJson String(string text) => new('"', text);

    /// <summary>A number, <c>true</c>, <c>false</c> or <c>null</c>, or any text at all.</summary>
    public static MutableJson Literal(string text) => new('0', text);

    /// <summary>An object of one member, or an array of one item.</summary>
    public static MutableJson Around(char kind, string name, MutableJson value)
    {
        var made = new MutableJson(kind);
        made.Children.Add((name, value));
        return made;
    }

    /// <summary>A copy that shares nothing.</summary>
    public MutableJson Copy()
    {
        var copy = new MutableJson(Kind, Text);
        copy.Children.AddRange(Children.Select(child => (child.Name, child.Value.Copy())));
        return copy;
    }

    /// <summary>Becomes what another one is.</summary>
    public void Become(MutableJson other)
    {
        var children = other.Children.ToArray();
        (Kind, Text) = (other.Kind, other.Text);
        Children.Clear();
        Children.AddRange(children);
    }

    /// <summary>All values, this one first, each with the pointer that leads to it.</summary>
    public IEnumerable<(string Pointer, MutableJson Value)> All()
    {
        var open = new Stack<(string Pointer, MutableJson Value)>([("", this)]);
        while (open.TryPop(out var next))
        {
            yield return next;
            for (var i = 0; i < next.Value.Children.Count; i++)
            {
                var (name, value) = next.Value.Children[i];
                open.Push((next.Pointer + "/" + (next.Value.Kind == '[' ? i.ToString() : name.Replace("~", "~0").Replace("/", "~1")), value));
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private static MutableJson Of(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var made = new MutableJson('{');
                made.Children.AddRange(element.EnumerateObject().Select(member => (member.Name, Of(member.Value))));
                return made;
            case JsonValueKind.Array:
                var list = new MutableJson('[');
                list.Children.AddRange(element.EnumerateArray().Select(item => ("", Of(item))));
                return list;
            case JsonValueKind.String:
                return String(element.GetString()!);
            default:
                return Literal(element.GetRawText());
        }
    }

    private void Write(StringBuilder text)
    {
        switch (Kind)
        {
            case '"':
                Quote(text, Text);
                return;
            case '0':
                text.Append(Text);
                return;
        }
        text.Append(Kind);
        for (var i = 0; i < Children.Count; i++)
        {
            text.Append(i > 0 ? ",\n" : "");
            if (Kind == '{')
            {
                Quote(text, Children[i].Name);
                text.Append(": ");
            }
            Children[i].Value.Write(text);
        }
        text.Append(Kind == '{' ? '}' : ']');
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var unit in value)
        {
            if (unit is '"' or '\\')
                text.Append('\\').Append(unit);
            else if (unit < ' ' || char.IsSurrogate(unit))
                text.Append($"\\u{(int)unit:x4}");
            else
                text.Append(unit);
        }
        text.Append('"');
    }
}
