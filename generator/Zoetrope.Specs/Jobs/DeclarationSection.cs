using System.Globalization;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>An object of a declaration. What is wrong in it is reported where it is, and read as absent.</summary>
internal readonly struct DeclarationSection
{
    private readonly JsonLocation _at;
    private readonly List<SpecProblem> _problems;

    /// <summary>Reads an object, and reports members that it should not have.</summary>
    /// <param name="at">The object; not there for an empty one.</param>
    /// <param name="title">What it is, for messages.</param>
    /// <param name="problems">The list that receives problems.</param>
    /// <param name="members">The members that it may have.</param>
    public DeclarationSection(JsonLocation at, string title, List<SpecProblem> problems, params string[] members)
    {
        _problems = problems;
        _at = at.Node.IsNull ? default : at;
        if (!_at.Exists)
            return;
        if (!at.Node.IsObject)
        {
            problems.Add(JobsProblems.BadMember.AtPointer(at.Pointer, NameOf(at.Pointer), "an object: " + title));
            _at = default;
            return;
        }
        foreach (var member in at.Node)
        {
            if (!members.Contains(member.Name) && member.Name is not ("$schema" or "$comment"))
                problems.Add(JobsProblems.UnknownMember.AtPointer(JsonPointer.Append(at.Pointer, member.Name), member.Name, title, string.Join(", ", members)));
        }
    }

    /// <summary>Whether the object is there.</summary>
    public bool Exists => _at.Exists;

    /// <summary>Its location.</summary>
    public string Pointer => _at.Pointer;

    /// <summary>A member, whatever it is.</summary>
    public JsonLocation this[string name] => _at[name];

    /// <summary>The location of a member.</summary>
    public string PointerOf(string name) => JsonPointer.Append(_at.Pointer, name);

    /// <summary>A string; null where it is not there.</summary>
    public string? Text(string name, bool isRequired = false)
    {
        var node = _at.Node[name];
        if (node.String is { } text && text.Trim().Length > 0)
            return JsonStrings.IsWellFormed(text) ? text : Malformed(PointerOf(name), name);
        if (node is { Exists: true, IsNull: false } || isRequired)
            _problems.Add(JobsProblems.BadMember.AtPointer(node.Exists ? PointerOf(name) : _at.Pointer, name, "a string that is not empty"));
        return null;
    }

    /// <summary>A string, or an array of them; a null counts as absent.</summary>
    public EquatableArray<string> Texts(string name)
    {
        var node = _at.Node[name];
        if (node.String is { Length: > 0 } single)
            return Text(name) is { } text ? new([text]) : default;
        if (!node.Exists || node.IsNull)
            return default;
        var texts = new List<string>();
        foreach (var item in node.IsArray ? node : default)
        {
            if (item.String is { Length: > 0 } text && JsonStrings.IsWellFormed(text))
                texts.Add(text);
        }
        if (!node.IsArray || texts.Count < node.Count)
            _problems.Add(JobsProblems.BadMember.AtPointer(PointerOf(name), name, "a string that is not empty, or an array of such strings"));
        return texts.ToEquatableArray();
    }

    /// <summary>A pointer, or an array of them; an empty one is that of the whole.</summary>
    public EquatableArray<string> Pointers(string name) => _at.Node[name].String is { Length: 0 } ? new([""]) : Texts(name);

    /// <summary>The members of an object whose values are strings.</summary>
    public EquatableArray<NamedText> Pairs(string name)
    {
        var pairs = new List<NamedText>();
        foreach (var member in Members(name))
        {
            if (member.Node.String is { } text && JsonStrings.IsWellFormed(text))
                pairs.Add(new(member.Node.Name, text));
            else
                _problems.Add(JobsProblems.BadMember.AtPointer(member.Pointer, member.Node.Name, "a string"));
        }
        return pairs.ToEquatableArray();
    }

    /// <summary>The members of an object.</summary>
    public List<JsonLocation> Members(string name)
    {
        var members = new List<JsonLocation>();
        var at = _at[name];
        if (at is { Exists: true, Node: { IsObject: false, IsNull: false } })
            _problems.Add(JobsProblems.BadMember.AtPointer(at.Pointer, name, "an object"));
        foreach (var member in at.Node.IsObject ? at.Node : default)
        {
            if (JsonStrings.IsWellFormed(member.Name))
                members.Add(at.Property(member));
            else
                Malformed(at.Pointer, name);
        }
        return members;
    }

    /// <summary>The items of an array.</summary>
    public List<JsonLocation> Items(string name)
    {
        var items = new List<JsonLocation>();
        var at = _at[name];
        if (at is { Exists: true, Node.IsArray: false })
            _problems.Add(JobsProblems.BadMember.AtPointer(at.Pointer, name, "an array"));
        foreach (var item in at.Node.IsArray ? at.Node : default)
            items.Add(at.ItemAt(item, items.Count));
        return items;
    }

    /// <summary>A positive number; null where it is not there.</summary>
    public decimal? Number(string name)
    {
        var node = _at.Node[name];
        if (!node.Exists || node.IsNull)
            return null;
        if (node.IsNumber && decimal.TryParse(node.Raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0)
            return number;
        _problems.Add(JobsProblems.BadMember.AtPointer(PointerOf(name), name, "a positive number"));
        return null;
    }

    /// <summary>A positive whole number; null where it is not there.</summary>
    public int? Count(string name)
    {
        if (Number(name) is not { } number)
            return null;
        if (number == decimal.Truncate(number) && number <= int.MaxValue)
            return (int)number;
        _problems.Add(JobsProblems.BadMember.AtPointer(PointerOf(name), name, "a positive whole number"));
        return null;
    }

    /// <summary>A boolean; false where it is not there.</summary>
    public bool Flag(string name)
    {
        var node = _at.Node[name];
        if (node is { Exists: true, IsBoolean: false })
            _problems.Add(JobsProblems.BadMember.AtPointer(PointerOf(name), name, "true or false"));
        return node.IsTrue;
    }

    /// <summary>Reports that a member must be something else.</summary>
    public void Report(string name, string expected) => _problems.Add(JobsProblems.BadMember.AtPointer(PointerOf(name), name, expected));

    private string? Malformed(string pointer, string name)
    {
        _problems.Add(JobsProblems.BadMember.AtPointer(pointer, name, "Unicode: it contains half of a surrogate pair"));
        return null;
    }

    private static string NameOf(string pointer) => JsonPointer.Unescape(pointer.Substring(pointer.LastIndexOf('/') + 1));
}
