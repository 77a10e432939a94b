using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// Reads the JSON Schemas of an OpenAPI document. The dialects of 3.0 and of 3.1 and later come out in one form, and what several keywords say together
/// (<c>$ref</c> with siblings, <c>allOf</c>, <c>anyOf</c> with null) is folded into one <see cref="Schema"/>. References stay names, so that
/// recursive schemas need no care.
/// </summary>
internal sealed class SchemaReader
{
    /// <summary>How deep schemas may lie in each other, with those that <c>allOf</c> brings in. It bounds the stack that a hostile document takes.</summary>
    private const int MaxDepth = 128;

    private readonly Dictionary<string, JsonNode> _referred = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _pointers = new(StringComparer.Ordinal);
    private readonly Queue<string> _unread = new();
    private readonly Dictionary<(string Pointer, bool IsPart), Schema> _inlined = [];
    private readonly OpenSchemas _open = new();
    private readonly ReferenceResolver _references;
    private readonly List<SpecProblem> _problems;
    private readonly CancellationToken _cancellationToken;
    private readonly KeywordReader _keywords;
    private readonly DiscriminatorReader _discriminators;
    private readonly UnionReader _unions;
    private readonly SchemaMerge _merge;
    private int _depth;

    /// <summary>Creates a reader of one document's schemas.</summary>
    public SchemaReader(ReferenceResolver references, List<SpecProblem> problems, CancellationToken cancellationToken)
    {
        _references = references;
        _problems = problems;
        _cancellationToken = cancellationToken;
        _keywords = new(this, problems);
        _discriminators = new(references, problems);
        _unions = new(this, _discriminators, problems);
        _merge = new(this, problems);
    }

    /// <summary>Reads the schema at <paramref name="node"/>; where it is only a reference, the schema that this leads to.</summary>
    public Schema ReadRoot(JsonNode node, string pointer)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (ReferenceResolver.Of(node) is { String: { } reference } keyword && !ReferenceSiblings.HasStructure(node))
        {
            if (!seen.Add(reference))
            {
                _problems.Add(Problems.CircularReference.At(keyword.Range, reference));
                return new Schema { Pointer = pointer };
            }
            if (_references.Find(keyword, reference, pointer) is not { } target)
                break;
            (node, pointer) = (target.Node, target.Pointer);
        }
        return ReadNamed(node, pointer);
    }

    /// <summary>Reads a schema.</summary>
    public Schema Read(JsonNode node, string pointer) => Read(node, pointer, isPart: false);

    /// <summary>Reads the schema of a value inside another value: of a member, an item or what a map holds.</summary>
    public Schema ReadInside(JsonNode node, string pointer)
    {
        _open.Enter();
        var schema = Read(node, pointer);
        _open.Leave();
        return schema;
    }

    /// <summary>Reads a schema; a part of <c>allOf</c> may require what another part describes.</summary>
    private Schema Read(JsonNode node, string pointer, bool isPart)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (node.IsBoolean)
        {
            if (node.IsFalse)
                _problems.Add(Problems.NothingAllowed.At(node.Range));
            return new Schema { Pointer = pointer };
        }
        if (!node.IsObject)
        {
            _problems.Add(Problems.NotASchema.At(node.Range));
            return new Schema { Pointer = pointer };
        }

        if (_depth == MaxDepth)
        {
            _problems.Add(Problems.SchemasTooDeep.At(node.NameRange.Start, 1, MaxDepth.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            return new Schema { Pointer = pointer };
        }
        _depth++;
        var schema = ReadObject(node, pointer, isPart);
        _depth--;
        return schema;
    }

    private Schema ReadObject(JsonNode node, string pointer, bool isPart)
    {
        var own = _keywords.Read(node, pointer);
        var result = own;
        var reference = ReferenceResolver.Of(node);
        if (reference.Exists)
            result = ReadReference(node, reference, pointer, own);
        if (node["allOf"] is { IsArray: true, Count: > 0 } allOf)
            result = ReadAllOf(allOf, JsonPointer.Append(pointer, "allOf"), result, ReferenceSiblings.HasStructure(node) || reference.Exists);
        return _unions.Read(node, pointer, isPart ? result : RequiredSpellings.Drop(result, _problems));
    }

    /// <summary>Reads every schema that what was read so far refers to, and what those refer to, in the order of the document.</summary>
    public EquatableArray<NamedSchema> ReadReferred()
    {
        var read = new List<(int Start, NamedSchema Schema)>();
        while (_unread.Count > 0)
        {
            var name = _unread.Dequeue();
            var node = _referred[name];
            read.Add((node.Range.Start, new NamedSchema(name, ReadNamed(node, _pointers[name]))));
        }
        read.Sort((left, right) => left.Start.CompareTo(right.Start));
        return BreakCircles(read.Select(item => _discriminators.Apply(item.Schema))).ToEquatableArray();
    }

    /// <summary>What an alternative is, references followed; false where it is being read at this moment, as one that is made of this schema.</summary>
    public bool TryInline(Schema alternative, JsonNode place, out Schema whole)
    {
        whole = alternative;
        if (alternative.Ref is not { } name)
            return true;
        if (_pointers.TryGetValue(name, out var pointer) && _open.Contains(pointer))
            return false;
        whole = Resolve(alternative, name, place);
        return true;
    }

    /// <summary>What two schemas together allow.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other, which is later or nearer.</param>
    /// <param name="place">What combines them.</param>
    public Schema Combine(Schema first, Schema second, JsonNode place) => _unions.Join(_merge.Combine(first, second, place), place);

    /// <summary>What two schemas of a value inside of two combined ones allow together.</summary>
    /// <inheritdoc cref="Combine"/>
    public Schema CombineInside(Schema first, Schema second, JsonNode place)
    {
        _open.Enter();
        var combined = Combine(first, second, place);
        _open.Leave();
        return combined;
    }

    private Schema ReadReference(JsonNode node, JsonNode keyword, string pointer, Schema own)
    {
        if (keyword.String is not { } reference)
        {
            _problems.Add(Problems.BadKeyword.At(keyword.Range, keyword.Name, "a string"));
            return own;
        }
        if (_references.Find(keyword, reference, pointer) is not { } target)
        {
            _references.ReportMissing(keyword, reference);
            return _references.IsExternal(reference, keyword)
                ? own
                : SchemaMerge.Overlay(new Schema { Ref = ReferenceResolver.NameOf(_references.PointerOf(reference, keyword)) }, own);
        }
        // Unions beside a reference are handled by the caller; everything else that is more than annotation needs what is referred to.
        var plain = !ReferenceSiblings.HasStructure(node) || own.IsAnnotationOnly();
        if (!plain && !_open.IsAround(target.Pointer))
            return Combine(Inline(target.Node, target.Pointer, keyword, isPart: true), own, node);

        if (!plain)
            own = ReferenceSiblings.OnlyAnnotations(own, node, _problems);
        var name = ReferenceResolver.NameOf(target.Pointer);
        if (!_referred.ContainsKey(name))
        {
            _referred.Add(name, target.Node);
            _pointers.Add(name, target.Pointer);
            _unread.Enqueue(name);
        }
        return SchemaMerge.Overlay(new Schema { Ref = name }, own);
    }

    private Schema ReadAllOf(JsonNode allOf, string pointer, Schema own, bool hasStructure)
    {
        if (allOf.Count == 1 && !hasStructure)
        {
            foreach (var only in allOf)
                return SchemaMerge.Overlay(Read(only, JsonPointer.Append(pointer, 0), isPart: true), own);
        }
        var parts = new List<Schema>();
        foreach (var node in allOf)
            parts.Add(Read(node, JsonPointer.Append(pointer, parts.Count), isPart: true));
        // A reference with nothing but prose beside it stays one; so may be a member of its own type.
        var formed = parts.FindAll(part => !part.IsAnnotationOnly());
        if (formed.Count == 1 && formed[0] is { Ref: not null } single && own.IsAnnotationOnly())
            return SchemaMerge.Overlay(single, parts.Where(part => part != single).Aggregate(own, (all, part) => SchemaMerge.Overlay(part, all)));
        if (parts.Find(IsAround) is { } around)
            return ReferenceSiblings.Keep(around, parts, own, allOf, _problems);
        Schema? merged = null;
        var index = 0;
        foreach (var node in allOf)
        {
            var part = parts[index++];
            if (part.Ref is { } name)
                part = Resolve(part, name, node, isPart: true);
            merged = merged is null ? part : Combine(merged, part, node);
        }
        return Combine(merged!, own, allOf);
    }

    private bool IsAround(Schema part) => part.Ref is { } name && _pointers.TryGetValue(name, out var pointer) && _open.IsAround(pointer);

    /// <summary>Reads a schema for itself, so that what it is made of can detect that it leads back here.</summary>
    private Schema ReadNamed(JsonNode node, string pointer)
    {
        _open.BeginNamed(pointer);
        var schema = Read(node, pointer);
        _open.EndNamed();
        return schema;
    }

    /// <summary>Reads what a reference leads to for being merged into another schema.</summary>
    private Schema Inline(JsonNode node, string pointer, JsonNode place, bool isPart = false)
    {
        if (_inlined.TryGetValue((pointer, isPart), out var known))
            return known;
        if (_open.IsCircle(pointer))
        {
            _problems.Add(Problems.CircularReference.At(place.Range, "#" + pointer));
            return new Schema();
        }
        _open.BeginPart(pointer);
        var schema = Read(node, pointer, isPart);
        if (schema.Ref is { } name)
            schema = Resolve(schema, name, place, isPart);
        _open.EndPart();
        _inlined[(pointer, isPart)] = schema;
        return schema;
    }

    /// <summary>A reference with its annotations, as what it leads to.</summary>
    private Schema Resolve(Schema reference, string name, JsonNode place, bool isPart = false)
    {
        var own = reference with { Ref = null };
        return _referred.TryGetValue(name, out var target) ? SchemaMerge.Overlay(Inline(target, _pointers[name], place, isPart), own) : own;
    }

    /// <summary>Names that only refer to each other describe nothing; they become raw JSON, so that nobody follows them for ever.</summary>
    private IEnumerable<NamedSchema> BreakCircles(IEnumerable<NamedSchema> schemas)
    {
        var all = schemas.ToList();
        var targets = all.ToDictionary(item => item.Name, item => item.Schema.Ref, StringComparer.Ordinal);
        var endless = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var item in all)
        {
            if (!IsEndless(item.Name, targets, endless))
            {
                yield return item;
                continue;
            }
            _problems.Add(Problems.CircularReference.At(_referred[item.Name].Range, item.Name));
            yield return item with { Schema = item.Schema with { Ref = null } };
        }
    }

    /// <summary>Whether following a name never ends. Each name is followed once; <paramref name="known"/> keeps what was found.</summary>
    private static bool IsEndless(string first, Dictionary<string, string?> targets, Dictionary<string, bool> known)
    {
        var path = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var name = first;
        while (name is not null && !known.ContainsKey(name) && seen.Add(name))
        {
            path.Add(name);
            targets.TryGetValue(name, out name);
        }
        var isEndless = name is not null && (!known.TryGetValue(name, out var result) || result);
        foreach (var passed in path)
            known[passed] = isEndless;
        return known[first];
    }
}
