-- Neovim 0.11 及以上：放到 ~/.config/nvim/lsp/reportlint.lua，再在 init.lua 里写 vim.lsp.enable('reportlint')。
return {
  cmd = { 'reportlint', 'lsp' },
  filetypes = { 'text', 'markdown' },
  root_markers = { 'reportlint.toml', 'pyproject.toml', '.git' },
  settings = {
    reportlint = {
      facts = false, -- 在数据后面显示它被看懂成什么；另要 vim.lsp.inlay_hint.enable(true)
    },
  },
}
