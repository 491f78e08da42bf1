# Copied into _plugins/ of a fixture while it is recorded: writes what Jekyll made of it.
require 'json'

Jekyll::Hooks.register :site, :post_write do |site|
  of = lambda do |doc|
    excerpt, date = doc.data.values_at('excerpt', 'date')
    # A document without a date has that of the build (jekyll.md D6): nothing to keep.
    date = nil if date && (Time.now - date).abs < 3600
    { path: doc.relative_path, url: doc.url, file: doc.destination(site.dest).delete_prefix("#{site.dest}/"), id: doc.id,
      title: doc.data['title'], date: date&.iso8601, slug: doc.data['slug'],
      categories: doc.data['categories'], tags: doc.data['tags'],
      excerpt: excerpt && excerpt.to_s, author: doc.data['author'], nested: doc.data['nested'],
      html: doc.content }
  end
  own = File.method(:file?)
  pages = site.pages.select { |page| own.call(File.join(site.source, page.path)) }
  found = {
    documents: site.collections.values.flat_map(&:docs).map(&of),
    posts: site.posts.docs.reverse.map(&:relative_path),
    collections: site.collections.transform_values { |c| c.docs.map(&:relative_path) },
    pages: pages.map { |p| { path: p.path, url: p.url, author: p.data['author'], html: p.content } },
    data: site.data
  }
  File.write(ENV.fetch('RECORD'), JSON.generate(found))
end
