using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Settles the types of parts of forms that are files, or can be.</summary>
internal sealed class UploadBinder(BinderContext context)
{
    /// <summary>The type of a part and its checks; null where no file can be sent as it.</summary>
    public (TypeRef Type, Constraints Checks, Constraints Items)? Bind(Schema declared, TypeContext slot)
    {
        if (UploadSchemas.Detect(declared, context.Resolve) is not { } part)
            return null;
        if (part.Items is { } items)
        {
            var (item, ofItem, inItem) = BindOne(items, slot);
            return (item.List(), CountOf(part.List!), ofItem with { Items = inItem });
        }
        return BindOne(part, slot);
    }

    private (TypeRef Type, Constraints Checks, Constraints Items) BindOne(UploadPart part, TypeContext slot)
    {
        if (part.Others.Count == 0)
        {
            if (part.List is not { } list)
                return (TypeRef.Upload, Constraints.None, Constraints.None);
            return part.IsFile ? (TypeRef.Uploads, CountOf(list, canBeOne: true), Constraints.None) : (TypeRef.Upload.List(), CountOf(list), Constraints.None);
        }
        var other = part.Others.Count == 1 ? part.Others[0] : new Schema { Pointer = part.Others[0].Pointer, AnyOf = part.Others };
        var type = context.Types.Bind(other, slot, isItem: false);
        var resolved = context.Resolve(other);
        var count = part.List is { } files ? CountOf(files, part.IsFile) : new Constraints { MaxItems = 1 };
        var constraints = context.Constraints.Bind(resolved, type, slot.JsonName);
        return (type.OrUpload(), count, constraints with { Items = context.Constraints.BindItems(resolved, type, slot.JsonName) });
    }

    private static Constraints CountOf(Schema list, bool canBeOne = false) =>
        new() { MinItems = list.MinItems is > 0 ? (canBeOne ? 1 : list.MinItems) : null, MaxItems = list.MaxItems };
}
