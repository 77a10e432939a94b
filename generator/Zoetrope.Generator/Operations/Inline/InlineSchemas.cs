using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Naming;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Inline;

/// <summary>What the operations of an API describe each for itself and mean the same: it becomes a schema with a name, and is one type.</summary>
/// <param name="Api">The API with these schemas.</param>
/// <param name="Names">The names that they ask for in C#, by those that they have in the API.</param>
/// <param name="Labels">What messages call them.</param>
/// <param name="Uses">Their keys by the keys of their uses, for the lock file.</param>
internal sealed record InlineSchemas(
    ApiDescription Api, IReadOnlyDictionary<string, string> Names, IReadOnlyDictionary<string, string> Labels, EquatableArray<LockedName> Uses)
{
    /// <summary>Names what is shared.</summary>
    /// <param name="named">The operations with their names.</param>
    /// <param name="api">The API.</param>
    /// <param name="isLeft">Whether the schema of an error is left as it is.</param>
    /// <param name="locked">The names that the lock file holds.</param>
    public static InlineSchemas Share(ApiDescription api, IReadOnlyList<NamedOperation> named, Func<Schema, bool> isLeft, LockedNames locked)
    {
        var schemas = new Dictionary<string, Schema>(StringComparer.Ordinal);
        foreach (var schema in api.Schemas)
            schemas[schema.Name] = schema.Schema;
        Schema? Find(string name) => schemas.TryGetValue(name, out var found) ? found : null;
        Schema Resolve(Schema schema) => Schemas.Resolve(schema, Find);

        var uses = new InlineUses(new InlineShapes(), locked, Resolve);
        var operations = new InlineOperations(Find, isLeft);
        // Which of several uses comes first in the document says nothing.
        var sorted = named.OrderBy(one => NameKeys.Operation(one.Operation), StringComparer.Ordinal).ToList();
        foreach (var one in sorted)
        {
            operations.Replace(one.Operation, one.Name, (schema, slot, role) =>
            {
                uses.Add(schema, slot, role);
                return schema;
            });
        }
        uses.Settle();
        var all = uses.All().ToList();
        var types = InlineNames.Give(all, locked, named.Select(one => one.Name).Concat(api.Schemas.Select(schema => TypeNames.OfSchema(schema.Name))));
        if (types.Count == 0)
            return new(api, new Dictionary<string, string>(), new Dictionary<string, string>(), default);
        var shared = new SharedInline(types, uses, Resolve);
        var replaced = sorted.ToDictionary(one => one, one => operations.Replace(one.Operation, one.Name, shared.Replace), new ByReference<NamedOperation>());
        return new(
            api with { Operations = named.Select(one => replaced[one]).ToEquatableArray(), Schemas = api.Schemas.Concat(shared.Schemas()).ToEquatableArray() },
            types.Values.ToDictionary(
                type => type.Key,
                type => type.Name,
                StringComparer.Ordinal), types.Values.ToDictionary(type => type.Key, type => type.Label, StringComparer.Ordinal),
            all
                .SelectMany(one => one.All.Select(slot => slot.Key).Distinct(StringComparer.Ordinal).Select(key => new LockedName(key, types[one.Use].Key)))
                .ToEquatableArray());
    }

    /// <summary>Replaces what is shared with references.</summary>
    private sealed class SharedInline(IReadOnlyDictionary<InlineUses.Use, InlineType> types, InlineUses uses, Func<Schema, Schema> resolve)
    {
        private readonly Dictionary<string, Schema> _schemas = new(StringComparer.Ordinal);
        private readonly List<string> _order = [];

        public IEnumerable<NamedSchema> Schemas() => _order.Select(key => new NamedSchema(key, InlineWords.Settle(_schemas[key])));

        public Schema Replace(Schema schema, InlineSlot slot, ObjectRole role)
        {
            var inside = InlineParts.Replace(schema, slot, resolve, (part, place) => Replace(part, place, role));
            if (!uses.CanShare(schema, slot) || !types.TryGetValue(uses.UseOf(schema, slot, role), out var type))
                return inside;
            var isOfUse = InlineParts.HasOwnNull(schema);
            var own = isOfUse ? inside with { Types = inside.NonNullTypes } : inside;
            if (_schemas.TryGetValue(type.Key, out var known))
                own = InlineWords.Common(known, own);
            else
                _order.Add(type.Key);
            _schemas[type.Key] = own;
            return new Schema
            {
                Pointer = schema.Pointer,
                Ref = type.Key,
                Types = isOfUse ? schema.Types & SchemaTypes.Null : SchemaTypes.Any,
                Title = schema.Title,
                Description = schema.Description,
                Default = schema.Default,
                Examples = schema.Examples,
                Deprecated = schema.Deprecated,
                DeprecationNote = schema.DeprecationNote,
                ReadOnly = schema.ReadOnly,
                WriteOnly = schema.WriteOnly,
            };
        }
    }
}
