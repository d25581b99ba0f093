-- Neovim 0.7 至 0.10：在 init.lua 里写 dofile('……/reportlint-0.7.lua')。
local group = vim.api.nvim_create_augroup('reportlint', {})

vim.api.nvim_create_autocmd('FileType', {
  group = group,
  pattern = { 'text', 'markdown' },
  callback = function(event)
    local file = vim.api.nvim_buf_get_name(event.buf)
    local root = vim.fn.getcwd()
    for _, marker in ipairs({ 'reportlint.toml', 'pyproject.toml', '.git' }) do
      local found = vim.fn.findfile(marker, vim.fn.fnamemodify(file, ':p:h') .. ';')
      if found == '' then
        found = vim.fn.finddir(marker, vim.fn.fnamemodify(file, ':p:h') .. ';')
      end
      if found ~= '' then
        root = vim.fn.fnamemodify(vim.fn.fnamemodify(found, ':p'):gsub('/$', ''), ':h')
        break
      end
    end
    for _, client in pairs(vim.lsp.get_active_clients and vim.lsp.get_active_clients() or {}) do
      if client.name == 'reportlint' and client.config.root_dir == root then
        vim.lsp.buf_attach_client(event.buf, client.id)
        return
      end
    end
    local id = vim.lsp.start_client({
      name = 'reportlint',
      cmd = { 'reportlint', 'lsp' },
      root_dir = root,
      workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
    })
    if id then
      vim.lsp.buf_attach_client(event.buf, id)
    end
  end,
})
